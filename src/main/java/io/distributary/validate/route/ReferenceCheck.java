package io.distributary.validate.route;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.diagnosis.Place;
import io.distributary.diagnosis.Suggestion;
import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.endpoint.Catalog;
import io.distributary.validate.endpoint.EndpointUse;
import io.distributary.validate.yaml.Element;
import io.distributary.validate.yaml.Element.Field;

/** Whether there are the classes, beans, methods, data formats and data types that are named. */
final class ReferenceCheck {
    private static final Pattern CLASS = Pattern.compile("#class:([\\w.$]+)(?:[#(].*)?");
    private static final Pattern BEAN = Pattern.compile("#(?:bean:)?([\\w.-]+)");
    private static final Set<String> CLASS_FIELDS = Set.of("beanType", "exceptionType");
    /** Fields that name a bean, with or without a #. */
    private static final Set<String> BEAN_FIELDS = Set.of("errorHandlerRef", "onExceptionOccurredRef", "onPrepareFailureRef",
            "onRedeliveryRef", "redeliveryPolicyRef", "aggregationStrategy", "aggregationRepository", "idempotentRepository",
            "onPrepare", "routePolicy", "executorServiceRef");
    private static final Set<String> HOLD_REF = Set.of("process", "bean", "method");
    private static final Set<String> NOT_A_FORMAT = Set.of("id", "description", "note", "disabled", "variableSend",
            "variableReceive", "allowNullBody");

    private final Catalog catalog;
    private final Placeholders placeholders;
    private final Collection<String> beans;
    private final Problems problems;

    /** @param beans the names of all that a route can refer to */
    ReferenceCheck(Catalog catalog, Placeholders placeholders, Collection<String> beans, Problems problems) {
        this.catalog = catalog;
        this.placeholders = placeholders;
        this.beans = beans;
        this.problems = problems;
    }

    /** Reports on the value of an endpoint's option. */
    void check(EndpointUse.Value value) {
        Matcher named = CLASS.matcher(value.text());
        Matcher bean = BEAN.matcher(value.text());
        if (named.matches()) {
            exists(named.group(1), value.place());
        } else if (bean.matches()) {
            bean(bean.group(1), value.place());
        }
    }

    /** Reports on all that is named below. */
    void check(Element element, Map<String, String> local) {
        references(element);
        Steps.walk(element, (field, within) -> visit(field, within, local));
    }

    /** Those in parameters of endpoints belong to {@link #check(EndpointUse.Value)}. */
    private void references(Element element) {
        if (element.isText()) {
            reference(element);
        }
        element.items().forEach(this::references);
        element.fields().stream().filter(field -> !field.name().equals("parameters"))
                .forEach(field -> references(field.value()));
    }

    private void reference(Element text) {
        Matcher named = CLASS.matcher(text.text());
        if (named.matches()) {
            exists(named.group(1), text.place(named.start(1)));
            return;
        }
        Matcher bean = BEAN.matcher(text.text());
        if (bean.matches()) {
            bean(bean.group(1), text.place());
        }
    }

    private void visit(Field field, List<String> within, Map<String, String> local) {
        Element value = field.value();
        String name = field.name();
        if (CLASS_FIELDS.contains(name) && value.isText() && !value.text().startsWith("#")) {
            exists(value.text(), value.place());
        } else if (name.equals("exception") && value.isList()) {
            value.items().forEach(item -> exists(item.text(), item.place()));
        } else if (name.equals("ref") && !within.isEmpty() && HOLD_REF.contains(within.get(0)) || BEAN_FIELDS.contains(name)) {
            String resolved = placeholders.resolve(value.text(), local);
            if (value.isText() && !resolved.startsWith("#") && resolved.indexOf(Placeholders.UNKNOWN) < 0) {
                bean(resolved, value.place());
            }
        } else if (name.equals("toType") || name.equals("fromType")) {
            dataType(value, local);
        } else if (name.equals("marshal") || name.equals("unmarshal")) {
            value.fields().stream().filter(format -> !NOT_A_FORMAT.contains(format.name())).forEach(this::dataFormat);
        }
        if (value.isMap()) {
            method(value);
        }
    }

    private void dataType(Element value, Map<String, String> local) {
        String type = placeholders.resolve(value.text(), local);
        if (value.isText() && type.indexOf(Placeholders.UNKNOWN) < 0 && !type.startsWith("java:") && !catalog.hasDataType(type)) {
            problems.error(value.place(), "there is no data type " + type + ": " + Suggestion.of(type, catalog.dataTypes()));
        }
    }

    private void dataFormat(Field format) {
        String library = format.value().text("library").orElse("Jackson").toLowerCase(Locale.ROOT);
        String service = format.name().equals("json") ? library : format.name();
        if (!catalog.hasDataFormat(service) && !format.name().equals("custom")) {
            problems.error(format.key().place(), "there is no data format " + format.name() + " in this application: put camel-"
                    + service + " and what it needs on the class path. A change needs none to become JSON: see transformDataType");
        }
    }

    private void method(Element call) {
        Optional<String> type = call.text("beanType").or(() -> call.text("ref").map(CLASS::matcher).filter(Matcher::matches)
                .map(matcher -> matcher.group(1)));
        Optional<Element> method = call.get("method").filter(Element::isText);
        Optional<Class<?>> known = type.flatMap(ReferenceCheck::load);
        if (method.isPresent() && known.isPresent()) {
            String name = method.get().text().replaceFirst("\\(.*", "");
            Set<String> names = new TreeSet<>(Arrays.stream(known.get().getMethods()).map(Method::getName).toList());
            if (!name.contains("{") && !names.contains(name)) {
                problems.error(method.get().place(), known.get().getSimpleName() + " has no public method " + name + ": "
                        + Suggestion.of(name, names));
            }
        }
    }

    private void exists(String type, Place place) {
        if (!type.contains("{") && load(type).isEmpty()) {
            problems.error(place, "there is no class " + type + " on the class path: correct its name, or add its jar");
        }
    }

    private static Optional<Class<?>> load(String type) {
        try {
            return Optional.of(Class.forName(type, false, ReferenceCheck.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private void bean(String name, Place place) {
        if (!beans.contains(name) && load(name).isEmpty()) {
            problems.error(place, "there is no bean " + name + ", neither under beans: in a route file nor as camel.beans."
                    + name + " in the settings: " + Suggestion.of(name, beans));
        }
    }
}
