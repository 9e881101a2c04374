package io.distributary.sns;

import java.util.Map;

import io.distributary.aws.BatchTargetFaultsContract;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.WithSandbox;

@WithSandbox({Service.SQS, Service.SNS})
class SnsFaultsIT extends BatchTargetFaultsContract {
    SnsFaultsIT() {
        super(Service.SNS);
    }

    @Override
    protected String target(String name, String queueArn) {
        String arn = stack.sns().createTopic(request -> {
            request.name(name);
            if (name.endsWith(".fifo")) {
                request.attributes(Map.of("FifoTopic", "true"));
            }
        }).topicArn();
        stack.sns().subscribe(request -> request.topicArn(arn).protocol("sqs").endpoint(queueArn)
                .attributes(Map.of("RawMessageDelivery", "true")));
        return "aws2-sns:" + name;
    }
}
