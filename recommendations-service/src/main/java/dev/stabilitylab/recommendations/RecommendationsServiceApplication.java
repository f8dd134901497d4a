package dev.stabilitylab.recommendations;

final class RecommendationsServiceApplication {
    private RecommendationsServiceApplication() {}

    public static void main(String[] args) {}
}
