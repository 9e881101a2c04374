package io.distributary.routes.live;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.distributary.routes.live.Definition.Kind;
import io.distributary.routes.live.Definition.Targets;
import org.apache.camel.support.PatternHelper;

/** Which definition uses which other, judged by the text: rather once too often than missed. */
final class Uses {
    private final UnaryOperator<String> resolve;

    /** @param resolve replaces the placeholders in a text by their properties */
    Uses(UnaryOperator<String> resolve) {
        this.resolve = resolve;
    }

    /** Whether a change of {@code used} concerns {@code user}. */
    boolean uses(Definition user, Definition used) {
        return switch (used.kind()) {
            case ROUTE_CONFIGURATION -> isConfiguredBy(user, used);
            case KAMELET -> user.targets() == Targets.UNKNOWN || mentions(user, used);
            case BEANS, ROUTE_TEMPLATE -> mentions(user, used);
            case ROUTE, TEMPLATED_ROUTE, REST -> false; // endpoints join routes, and each looks for the other when it sends
        };
    }

    /** As Camel matches them, in RoutesDefinition. */
    private boolean isConfiguredBy(Definition user, Definition configuration) {
        if (user.kind() == Kind.BEANS || user.kind() == Kind.ROUTE_CONFIGURATION) {
            return false;
        }
        String id = configuration.names().stream().findFirst().orElse(null);
        if (user.configurations().isEmpty()) {
            return id == null || id.equals("*");
        }
        return id != null && user.configurations().stream().map(resolve)
                .anyMatch(pattern -> PatternHelper.matchPattern(id, pattern));
    }

    /** Whether one of the names stands in the text, its placeholders replaced. */
    boolean mentions(Definition user, Definition used) {
        String text = resolve.apply(user.body());
        return used.names().stream().anyMatch(name ->
                Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])").matcher(text).find());
    }
}
