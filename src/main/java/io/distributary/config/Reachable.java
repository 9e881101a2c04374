package io.distributary.config;

/**
 * An endpoint that can ask its server whether there is what it names, and whether the credentials are good. Nothing is created,
 * sent or read by that. For an endpoint that is made, and not started.
 */
public interface Reachable {
    /**
     * Asks. Waits for the answer as long as the endpoint's clients do.
     *
     * @return what was found, in a few words for a person
     * @throws Exception saying in one line what is not there, or who refuses; or as the client does where nobody answers
     */
    String reach() throws Exception;
}
