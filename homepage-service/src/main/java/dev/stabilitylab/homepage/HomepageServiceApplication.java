package dev.stabilitylab.homepage;

final class HomepageServiceApplication {
    private HomepageServiceApplication() {}

    public static void main(String[] args) {}
}
