package io.distributary.filter;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import io.distributary.attributes.QuotedList;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventName;

/** Passes the kinds of change that are named; deletions by DynamoDB's time to live are REMOVEs of their own. */
public final class EventNameFilter extends ChangeFilter {
    /** What becomes of deletions by time to live, where REMOVE is among the names. */
    public enum TtlDeletes {
        /** They pass like other REMOVEs. */
        INCLUDE,
        /** They do not pass. */
        EXCLUDE,
        /** Of the REMOVEs only they pass. */
        ONLY
    }

    private Set<EventName> eventNames = Set.of();
    private TtlDeletes ttlDeletes = TtlDeletes.INCLUDE;

    @Override
    public boolean passes(ChangeEvent event) {
        EventName name = event.eventName();
        return eventNames.contains(name) && (name != EventName.REMOVE || ttlDeletes == TtlDeletes.INCLUDE
                || event.ttlDelete() == (ttlDeletes == TtlDeletes.ONLY));
    }

    /** @param names of {@link EventName}, separated by commas */
    public void setEventNames(String names) {
        Set<EventName> set = EnumSet.noneOf(EventName.class);
        for (String name : QuotedList.of("eventNames", names)) {
            EventName known = EventName.find(name.toUpperCase(Locale.ROOT));
            if (known == null) {
                throw new IllegalArgumentException("eventNames has " + name + ", but must be of "
                        + Arrays.toString(EventName.values()));
            }
            set.add(known);
        }
        eventNames = set;
    }

    public void setTtlDeletes(TtlDeletes ttlDeletes) {
        this.ttlDeletes = ttlDeletes;
    }
}
