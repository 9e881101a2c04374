package io.distributary.status.text;

import java.util.List;
import java.util.Objects;

/** A series as one character for each of its newest points. */
final class Sparkline {
    private static final String UNICODE = "▁▂▃▄▅▆▇█";
    private static final String ASCII = "_.:-=+*#";

    private Sparkline() {
    }

    /** Its highest point is the highest bar; a blank where nothing is known. */
    static String of(List<Double> series, int points, boolean unicode) {
        List<Double> newest = series.subList(Math.max(0, series.size() - points), series.size());
        double max = newest.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).max().orElse(0);
        String bars = unicode ? UNICODE : ASCII;
        StringBuilder line = new StringBuilder();
        for (Double point : newest) {
            line.append(point == null ? ' ' : bars.charAt(max == 0 ? 0 : (int) Math.ceil(point / max * (bars.length() - 1))));
        }
        return line.toString();
    }
}
