package io.distributary.redrive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.distributary.preview.Draft;
import io.distributary.preview.OutsideStep;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step that begins a redrive through the running routes, unless one is under way, and goes on at once; the redrive ends with the
 * step's route. A bean for the kamelet distributary-redrive-action. Configure it before it is used; then it is thread-safe.
 */
public final class RedriveStep extends ServiceSupport implements Processor, OutsideStep {
    private static final Logger LOG = LoggerFactory.getLogger(RedriveStep.class);

    private String store;
    private String target;
    private String route;
    private String key;
    private String error;
    private double rate;
    private boolean force;
    private volatile RunningRedrive running;

    @Override
    public void process(Exchange exchange) {
        RunningRedrive redrive = RunningRedrive.of(exchange.getContext());
        RedriveFilter filter = new RedriveFilter(target, route, null, null, key, error == null ? null : Pattern.compile(error));
        boolean begun = redrive.start(store, new RedriveOptions(filter, force, false, rate, RedriveOptions.IN_FLIGHT, 0));
        if (begun) {
            running = redrive;
        } else {
            LOG.info("Redrive of {} is not begun, as one of {} is under way", store, redrive.status().store());
        }
    }

    @Override
    public List<Draft> drafts(Exchange exchange) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("target", target);
        fields.put("route", route);
        fields.put("key", key);
        fields.put("error", error);
        return List.of(new Draft("redrive of " + store, fields, Map.of(), null));
    }

    @Override
    protected void doStop() {
        RunningRedrive begun = running;
        running = null;
        if (begun != null) {
            begun.stop();
        }
    }

    public void setStore(String store) {
        this.store = store;
    }

    public void setTarget(String target) {
        this.target = unlessBlank(target);
    }

    public void setRoute(String route) {
        this.route = unlessBlank(route);
    }

    public void setKey(String key) {
        this.key = unlessBlank(key);
    }

    public void setError(String error) {
        this.error = unlessBlank(error);
    }

    public void setRate(double rate) {
        this.rate = rate;
    }

    public void setForce(boolean force) {
        this.force = force;
    }

    /** A placeholder that is not set leaves an empty text. */
    private static String unlessBlank(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
