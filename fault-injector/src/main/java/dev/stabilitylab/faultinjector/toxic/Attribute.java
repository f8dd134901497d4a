package dev.stabilitylab.faultinjector.toxic;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The limits of an attribute that is a number, both included, and its default. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Attribute {

    double min() default 0;

    double max();

    /** The value of an attribute that is missing. */
    double orElse() default 0;

    /** For messages, e.g. {@code milliseconds}. */
    String unit() default "";

    /** Shown only where it differs from its default, since Toxiproxy's clients do not know it. */
    boolean hiddenByDefault() default false;
}
