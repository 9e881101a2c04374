package io.distributary.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.distributary.backfill.ItemSelection;
import io.distributary.event.DynamoDbJsonReader;
import io.distributary.event.EventReadException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which items of a table a command reads. */
public final class ItemOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--key-prefix", paramLabel = "TEXT", description = "Only items whose partition key begins with it; may be repeated.")
    private List<String> keyPrefixes = List.of();

    @Option(names = "--filter", paramLabel = "EXPRESSION", description = "Only items for which this filter expression of DynamoDB's holds.")
    private String filter;

    @Option(names = "--values", paramLabel = "JSON",
            description = "Values of the expression's placeholders in DynamoDB JSON: '{\":v\": {\"S\": \"open\"}}'.")
    private String values;

    @Option(names = "--name", paramLabel = "#NAME=ATTRIBUTE", description = "A placeholder of the expression for an attribute's name; may be repeated.")
    private Map<String, String> names = Map.of();

    /** @throws ParameterException where an option makes no sense */
    ItemSelection selection() {
        if (filter == null && (values != null || !names.isEmpty())) {
            throw new ParameterException(command.commandLine(), "--values and --name are for the placeholders of --filter");
        }
        return new ItemSelection(keyPrefixes, filter, values(), names);
    }

    private Map<String, AttributeValue> values() {
        try {
            return values == null ? Map.of() : DynamoDbJsonReader.readItem(values.getBytes(StandardCharsets.UTF_8));
        } catch (EventReadException e) {
            throw new ParameterException(command.commandLine(), "--values is no DynamoDB JSON, like {\":v\": {\"S\": \"open\"}}: "
                    + e.getMessage());
        }
    }
}
