package io.distributary.bench;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the figures of a run depend on besides the code. */
final class Machine {
    private static final Path LINUX_CPU = Path.of("/proc/cpuinfo");

    private Machine() {
    }

    static String describe() throws IOException {
        var runtime = Runtime.getRuntime();
        var collectors = ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%d x %s, %s %s, Java %s, heap up to %d MiB, %s; load average before: %.1f",
                runtime.availableProcessors(), processor(), System.getProperty("os.name"), System.getProperty("os.arch"),
                System.getProperty("java.vm.version"), runtime.maxMemory() >> 20, collectors,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        if (Files.isReadable(LINUX_CPU)) {
            try (var lines = Files.lines(LINUX_CPU)) {
                return lines.filter(line -> line.startsWith("model name")).findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("CPU");
            }
        }
        return "CPU";
    }
}
