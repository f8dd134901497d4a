package dev.stabilitylab.lab.docs;

import java.util.List;

/** What a generated block of a page shows. */
sealed interface Directive {

    /** The word after {@code lab:}. */
    String name();

    /** When and on what the runs were played, and whether what was expected held. */
    record Run() implements Directive {
        @Override
        public String name() {
            return "run";
        }
    }

    /**
     * Figures, a row for each variant.
     *
     * @param variants in this order; none for all of them
     */
    record Table(List<String> variants, List<Column> columns) implements Directive {
        @Override
        public String name() {
            return "table";
        }
    }

    /**
     * One figure of each variant.
     *
     * @param figure in the words of expectations, e.g. {@code rate in during}
     * @param label the column's head
     */
    record Column(String figure, String label) {}

    /** What every variant expects, and whether it held. */
    record Expectations() implements Directive {
        @Override
        public String name() {
            return "expectations";
        }
    }

    /** The timeline, numbered as on the pictures. */
    record Events() implements Directive {
        @Override
        public String name() {
            return "events";
        }
    }

    /**
     * Lines of a file of this project.
     *
     * @param path from the project's folder
     * @param region a marker, or the path of a key in YAML
     */
    record Quote(String path, String region) implements Directive {
        @Override
        public String name() {
            return "quote";
        }
    }
}
