package dev.stabilitylab.lab.record;

/**
 * What a service says of the requests that it works on.
 *
 * @param active requests that it works on at this moment
 * @param wantedSeconds of work that somebody still waited for when it ended, since the start
 * @param unwantedSeconds of work whose caller had given up by then, since the start
 */
record WorkMetrics(double active, double wantedSeconds, double unwantedSeconds) {

    private static final String ACTIVE = "capacity_requests_active";
    private static final String WORK = "capacity_work_seconds";

    /** Asks for just these metrics. */
    static final String PATH = "/actuator/prometheus?includedNames=" + ACTIVE + "," + WORK;

    /**
     * Reads the endpoint's answer.
     *
     * @throws IllegalArgumentException when it is not in Prometheus' text format
     */
    static WorkMetrics parse(String text) {
        double active = 0;
        double wanted = 0;
        double unwanted = 0;
        for (MetricSample sample : PrometheusText.parse(text)) {
            if (sample.name().equals(ACTIVE)) {
                active += sample.value();
            } else if (sample.name().equals(WORK + "_sum")) {
                if (sample.label("wanted").equals("false")) {
                    unwanted += sample.value();
                } else {
                    wanted += sample.value();
                }
            }
        }
        return new WorkMetrics(active, wanted, unwanted);
    }
}
