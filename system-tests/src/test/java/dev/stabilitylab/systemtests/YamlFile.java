package dev.stabilitylab.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads YAML as a tree of JSON, whose text is YAML too. */
final class YamlFile {

    private YamlFile() {}

    static JsonNode read(Path file) {
        Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(Project.text(file));
        return new ObjectMapper().valueToTree(content);
    }

    /** The fields of an object, as texts; none where there is no object. */
    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
