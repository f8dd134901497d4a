package dev.stabilitylab.faultinjector.http;

/** A fault that has hit a message, and what it does to it. A fault that has been taken off since does nothing more. */
record Hit(FaultSlot slot, Effect effect) {

    boolean isActive() {
        return !slot.isLifted();
    }
}
