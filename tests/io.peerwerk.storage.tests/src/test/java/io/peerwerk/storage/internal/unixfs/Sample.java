// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.storage.internal.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Collectors;

/** Something to import, which Helia's importer can be told as well. */
sealed interface Sample {

    /** What it says about itself. */
    Attributes attributes();

    Imported importBy(UnixFsImporter importer) throws IOException;

    /** The fields of its JSON object that are its own. */
    String fields();

    default String json() {
        String json = fields();
        if (attributes().mode() != null) {
            json += ",\"mode\":" + attributes().mode();
        }
        if (attributes().modified() != null) {
            json += ",\"secs\":" + attributes().modified().getEpochSecond() + ",\"nsecs\":"
                    + attributes().modified().getNano();
        }
        return "{" + json + "}";
    }

    /** Pseudo-random bytes. */
    record FileSample(int seed, long size, Attributes attributes) implements Sample {

        InputStream content() {
            return new PseudoRandom(seed, size);
        }

        @Override
        public Imported importBy(UnixFsImporter importer) throws IOException {
            return importer.file(content(), attributes);
        }

        @Override
        public String fields() {
            return "\"file\":[" + seed + "," + size + "]";
        }
    }

    /** A symbolic link. */
    record LinkSample(String target, Attributes attributes) implements Sample {

        @Override
        public Imported importBy(UnixFsImporter importer) throws IOException {
            return importer.symlink(target, attributes);
        }

        @Override
        public String fields() {
            return "\"link\":\"" + target + "\"";
        }
    }

    /** A folder. Names are such as JSON takes without escapes. */
    record FolderSample(Map<String, Sample> entries, Attributes attributes) implements Sample {

        @Override
        public Imported importBy(UnixFsImporter importer) throws IOException {
            FolderBuilder folder = importer.folder(attributes);
            for (var entry : entries.entrySet()) {
                folder.add(entry.getKey(), entry.getValue().importBy(importer));
            }
            return folder.finish();
        }

        @Override
        public String fields() {
            return entries.entrySet().stream().map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue().json())
                    .collect(Collectors.joining(",", "\"folder\":{", "}"));
        }
    }

    /** The bytes that tests/foreign-peers/unixfs.mjs makes of the same seed. */
    final class PseudoRandom extends InputStream {

        private int x;
        private long left;

        PseudoRandom(int seed, long size) {
            x = seed;
            left = size;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            x = x * 1664525 + 1013904223;
            return x >>> 24;
        }

        @Override
        public int read(byte[] to, int at, int length) {
            int count = (int) Math.min(length, left);
            for (int i = 0; i < count; i++) {
                to[at + i] = (byte) read();
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
