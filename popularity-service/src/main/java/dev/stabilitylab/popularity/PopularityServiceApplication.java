package dev.stabilitylab.popularity;

final class PopularityServiceApplication {
    private PopularityServiceApplication() {}

    public static void main(String[] args) {}
}
