package io.distributary.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files that settings name. */
public final class ConnectionFiles {
    private ConnectionFiles() {
    }

    /**
     * The file's content.
     *
     * @throws IllegalArgumentException naming setting, file and reason
     */
    public static byte[] read(Setting setting, String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(setting.key() + ": cannot read " + file + ": "
                    + (e instanceof NoSuchFileException ? "no such file" : e), e);
        }
    }
}
