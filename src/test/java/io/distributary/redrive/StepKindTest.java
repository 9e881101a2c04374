package io.distributary.redrive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.distributary.redrive.StepKind.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepKindTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "AT_NONE,    TARGET_BEGINS TARGET_ENDS OTHER",
        "AT_ANOTHER, TARGET_BEGINS TARGET_ENDS",
        "AT_WANTED,  TARGET_BEGINS TARGET_ENDS SEND OUTSIDE_STEP OTHER",
        "BEHIND,     TARGET_BEGINS TARGET_ENDS SEND OUTSIDE_STEP REWRITE OTHER"})
    void whatIsDoneWhere(Position position, String kinds) {
        assertEquals(kinds, Arrays.stream(StepKind.values()).filter(kind -> kind.runs(position, false)).map(StepKind::name)
                .collect(Collectors.joining(" ")));
    }

    @Test
    void inADryRunNoStepActsOutside() {
        for (Position position : Position.values()) {
            for (StepKind kind : StepKind.values()) {
                assertEquals(kind != StepKind.OUTSIDE_STEP && kind.runs(position, false), kind.runs(position, true), kind + " " + position);
            }
        }
    }
}
