package io.distributary.sandbox;

/** The stack's AWS credentials for code in this JVM that uses the SDK's default chain. */
public final class AwsCredentials {
    private AwsCredentials() {
    }

    /** Sets the SDK's system properties; they win over environment and profile. */
    public static void useDummies() {
        System.setProperty("aws.accessKeyId", Stack.CREDENTIAL);
        System.setProperty("aws.secretAccessKey", Stack.CREDENTIAL);
        System.setProperty("aws.region", Stack.REGION);
    }
}
