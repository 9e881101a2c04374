package io.distributary.config;

import java.net.URI;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * The credentials of {@code aws.assume-role-arn}, assumed again before they expire; a refusal names the role and not only the
 * call that it kept from being made. Thread-safe.
 */
final class AssumedRole implements AwsCredentialsProvider, AutoCloseable {
    private final String arn;
    private final StsClient sts;
    private final StsAssumeRoleCredentialsProvider role;

    /** @param settings with {@code aws.assume-role-arn} */
    AssumedRole(Settings settings) {
        arn = settings.required(Setting.AWS_ASSUME_ROLE_ARN);
        StsClientBuilder builder = StsClient.builder();
        settings.get(Setting.AWS_REGION).map(Region::of).ifPresent(builder::region);
        settings.firstOf(Setting.AWS_ENDPOINT_STS, Setting.AWS_ENDPOINT).map(URI::create).ifPresent(builder::endpointOverride);
        sts = builder.build();
        role = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request
                        .roleArn(arn)
                        .externalId(settings.get(Setting.AWS_EXTERNAL_ID).orElse(null))
                        .roleSessionName(settings.required(Setting.AWS_ROLE_SESSION_NAME)))
                .build();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return role.resolveCredentials();
        } catch (StsException e) {
            AwsErrorDetails details = e.awsErrorDetails();
            if (details == null) {
                throw e;
            }
            // the same exception, as by its type and code clients decide whether to try again
            throw (StsException) e.toBuilder().cause(e).awsErrorDetails(details.toBuilder().errorMessage("the role " + arn + " of "
                    + Setting.AWS_ASSUME_ROLE_ARN.key() + " cannot be assumed (its trust policy, " + Setting.AWS_EXTERNAL_ID.key()
                    + " and our right to sts:AssumeRole decide): " + details.errorMessage()).build()).build();
        }
    }

    @Override
    public void close() {
        role.close();
        sts.close();
    }
}
