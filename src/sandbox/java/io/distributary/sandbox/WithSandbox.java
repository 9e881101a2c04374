package io.distributary.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class the shared {@link Sandbox}: its methods and constructor may take a {@link Stack} or a {@link
 * Sandbox}. Dummy AWS credentials are set as system properties, so that no test ever uses a developer's own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(SandboxExtension.class)
public @interface WithSandbox {
    /** Started together before the first test; others start when first used. */
    Service[] value() default {};
}
