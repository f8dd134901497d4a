package dev.stabilitylab.auth;

import dev.stabilitylab.servicekit.contract.SilentLogContract;

class AuthServiceLogIT extends SilentLogContract {

    AuthServiceLogIT() {
        super("POST", "/authenticate");
    }
}
