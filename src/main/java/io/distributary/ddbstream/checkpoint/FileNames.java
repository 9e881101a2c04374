package io.distributary.ddbstream.checkpoint;

import java.nio.charset.StandardCharsets;

/** Turns names into parts of file names, readable and reversible, on every file system. */
final class FileNames {
    private FileNames() {
    }

    /** Keeps letters, digits, dot, underscore and single hyphens; writes every other byte as %XX. */
    static String escape(String name) {
        StringBuilder escaped = new StringBuilder();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            // two hyphens separate the parts of a file name, so no part may end in one or hold two
            boolean hyphen = c == '-' && i > 0 && i < bytes.length - 1 && bytes[i - 1] != '-';
            if (hyphen || c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '_')) {
                escaped.append(c);
            } else {
                escaped.append(String.format("%%%02X", (int) c));
            }
        }
        return escaped.toString();
    }
}
