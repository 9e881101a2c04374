package io.distributary.preview;

import java.util.Optional;

/** An endpoint that can tell what its producer would send. It need not have been started, and connects to nothing. */
public interface DraftingEndpoint {
    /** Empty where the options ask for the stock producer, which cannot tell. */
    Optional<Drafts> drafts();
}
