package io.distributary.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class on LocalStack, NATS and OpenSearch in containers: its methods and constructor may take a {@link
 * Stack}, as with {@link WithSandbox}. Without Docker the class is skipped, and the report says so.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ContainersExtension.class)
public @interface WithContainers {
}
