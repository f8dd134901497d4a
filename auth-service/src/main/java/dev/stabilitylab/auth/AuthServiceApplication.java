package dev.stabilitylab.auth;

final class AuthServiceApplication {
    private AuthServiceApplication() {}

    public static void main(String[] args) {}
}
