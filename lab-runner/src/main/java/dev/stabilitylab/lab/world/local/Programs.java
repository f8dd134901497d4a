package dev.stabilitylab.lab.world.local;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows how to start the programs of the modules. */
@FunctionalInterface
interface Programs {

    /**
     * Makes the programs of these modules ready to be started.
     *
     * @param processes for helpers that this takes
     * @return for each module the command, to which the program's arguments are appended
     */
    Map<String, List<String>> prepare(Set<String> modules, Processes processes);
}
