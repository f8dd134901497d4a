package dev.stabilitylab.faultinjector.proxy;

/** Is told of every change. */
@FunctionalInterface
public interface ChangeListener {

    /**
     * Something has changed. Called on the thread that made the change, before anybody else can make another one to the same proxy, so
     * it must be quick, and must not make changes itself.
     */
    void changed(Change change);
}
