package io.distributary.sqs;

import io.distributary.aws.BatchTargetFaultsContract;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.WithSandbox;

@WithSandbox(Service.SQS)
class SqsFaultsIT extends BatchTargetFaultsContract {
    SqsFaultsIT() {
        super(Service.SQS);
    }

    @Override
    protected String target(String name, String queueArn) {
        return "aws2-sqs:" + name;
    }
}
