package dev.stabilitylab.faultinjector;

final class FaultInjectorApplication {
    private FaultInjectorApplication() {}

    public static void main(String[] args) {}
}
