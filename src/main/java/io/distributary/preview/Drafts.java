package io.distributary.preview;

import java.util.List;

import io.distributary.coalesce.Part;
import org.apache.camel.Message;

/** Makes what a producer would send for a part of an exchange, as that producer makes it, but connects to nothing. Thread-safe. */
@FunctionalInterface
public interface Drafts {
    /** @throws Exception where the producer would fail before it sends: its own exception */
    List<Draft> of(Part part) throws Exception;

    /** Which of the stock component's operations the message asks for in a header; null where it is sent as a change. */
    default String operation(Message message) {
        return null;
    }
}
