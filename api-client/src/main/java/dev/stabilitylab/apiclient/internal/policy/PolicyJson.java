package dev.stabilitylab.apiclient.internal.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.stabilitylab.apiclient.internal.support.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Policies as maps for JSON: keys in kebab case, durations as text. {@link PolicyReader} reads them. */
public final class PolicyJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Duration.class, new DurationWriter()))
            .build();

    private PolicyJson() {}

    /** The policy as a map for JSON. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> write(Policy policy) {
        return MAPPER.convertValue(policy, Map.class);
    }

    private static final class DurationWriter extends StdSerializer<Duration> {

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(DurationText.format(value));
        }
    }
}
