package dev.stabilitylab.lab.docs;

import dev.stabilitylab.lab.docs.Part.Block;
import dev.stabilitylab.lab.docs.Part.Prose;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page in Markdown, with blocks that are generated.
 *
 * @param parts in their order; only those that are in order themselves
 * @param problems with the directives; a page that has any cannot be filled
 */
record Page(List<Part> parts, List<Problem> problems) {

    List<Block> blocks() {
        return parts.stream()
                .flatMap(part -> part instanceof Block block ? Stream.of(block) : Stream.empty())
                .toList();
    }

    List<Prose> prose() {
        return parts.stream()
                .flatMap(part -> part instanceof Prose prose ? Stream.of(prose) : Stream.empty())
                .toList();
    }

    /**
     * The page's text with new content; all that stands outside of the blocks stays as it is.
     *
     * @param content for each block; null leaves it as it is
     */
    String filled(Function<Block, @Nullable String> content) {
        return parts.stream()
                .map(part -> part instanceof Block block ? filled(block, content.apply(block)) : ((Prose) part).text())
                .collect(Collectors.joining());
    }

    private static String filled(Block block, @Nullable String content) {
        String between = content == null ? block.content() : "\n" + content + "\n\n";
        return block.head() + between + block.tail();
    }
}
