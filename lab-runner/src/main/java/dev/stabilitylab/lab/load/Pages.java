package dev.stabilitylab.lab.load;

import dev.stabilitylab.lab.record.Page;
import java.util.function.Consumer;

/** Where pages are asked for. */
interface Pages {

    /**
     * Asks for a page.
     *
     * @param ended called once, when the page has ended
     * @return false when no more pages are wanted; then nothing is asked and {@code ended} is not called
     */
    boolean ask(Wish wish, Consumer<Page> ended);
}
