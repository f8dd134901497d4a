package dev.stabilitylab.faultinjector;

import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code NAME=LISTEN,UPSTREAM}. */
final class ProxyOption implements ITypeConverter<ProxySettings> {

    private static final Pattern SHAPE = Pattern.compile("([^=]+)=([^,]+),([^,]+)");

    @Override
    public ProxySettings convert(String value) {
        Matcher matcher = SHAPE.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "it is \"%s\"; it must be NAME=LISTEN,UPSTREAM, e.g. auth=127.0.0.1:18000,127.0.0.1:8000"
                            .formatted(value));
        }
        try {
            return new ProxySettings(
                    matcher.group(1), Address.listen(matcher.group(2)), Address.upstream(matcher.group(3)), true);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("\"%s\": %s".formatted(value, e.getMessage()));
        }
    }
}
