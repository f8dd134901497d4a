package dev.stabilitylab.faultinjector.http;

import java.util.List;

/** Decides for each request what happens to it, by the faults that there are. */
final class RequestRules {

    private List<FaultSlot> slots = List.of();
    private boolean mayAnswer;

    void set(List<FaultSlot> now) {
        slots = now;
        mayAnswer = now.stream().anyMatch(slot -> slot.fault() instanceof StatusFault);
    }

    /** Whether there is a fault that could keep a request from the upstream. */
    boolean mayAnswer() {
        return mayAnswer;
    }

    /**
     * Decides for the request whose head has just been read.
     *
     * @param reached whether the upstream has got some of it already, so that it cannot be kept from it any more
     */
    Exchange decide(RequestParser parser, HeadCollector heads, boolean reached) {
        Exchange.Kind kind = kind(parser);
        if (slots.isEmpty()) {
            return Exchange.of(kind, Plan.NONE, null);
        }
        RequestHead request = new RequestHead(heads.text());
        Plan plan = Plan.decide(slots, request, !reached);
        Plan.Hit<StatusFault> status = plan.find(StatusFault.class);
        Answer answer = status == null ? null : Answer.of(status.fault(), request, parser.bodyFraming() != 0);
        return Exchange.of(kind, plan, answer);
    }

    private static Exchange.Kind kind(RequestParser parser) {
        if (parser.isHead()) {
            return Exchange.Kind.HEAD;
        }
        return parser.isConnect() ? Exchange.Kind.CONNECT : Exchange.Kind.USUAL;
    }
}
