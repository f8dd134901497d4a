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
import org.springframework.util.unit.DataSize;

/** Policies as maps for JSON: keys in kebab case, durations and sizes as text. {@link PolicyReader} reads them. */
public final class PolicyJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, new DurationWriter())
                    .addSerializer(DataSize.class, new SizeWriter()))
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

    private static final class SizeWriter extends StdSerializer<DataSize> {

        SizeWriter() {
            super(DataSize.class);
        }

        @Override
        public void serialize(DataSize value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(SizeText.format(value));
        }
    }
}
