// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.update;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An Eclipse in a folder of its own: started like a user's, with a probe in it that tells what it sees. */
final class PlainEclipse {
    private static final int MINUTES = 4;

    private final Path install;
    private final Path work;
    private int starts;

    private PlainEclipse(Path install, Path work) {
        this.install = install;
        this.work = work;
    }

    /** A fresh copy, so that a test may change it. */
    static PlainEclipse copyOf(Path product, Path work) throws IOException {
        delete(work);
        Path install = Files.createDirectories(work.resolve("eclipse"));
        Path top = root(product);
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, install.resolve(top.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new PlainEclipse(install, work);
    }

    /** The folder that has the plugins, whether or not the product has a folder of its own in what was built. */
    private static Path root(Path product) throws IOException {
        try (Stream<Path> files = Files.walk(product, 2)) {
            return files.filter(file -> Files.isDirectory(file.resolve("plugins"))).findFirst()
                    .orElseThrow(() -> new IOException("no product in " + product));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Installs from a repository with p2's director, as {@code Help, Install New Software} does. */
    void install(Path repository, String unit) throws IOException, InterruptedException {
        director("-repository", repository.toUri().toString(), "-installIU", unit);
    }

    void uninstall(String unit) throws IOException, InterruptedException {
        director("-uninstallIU", unit);
    }

    private void director(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-nosplash", "-application", "org.eclipse.equinox.p2.director"));
        all.addAll(List.of(arguments));
        run("director", List.of(), all);
    }

    /** Starts the workbench, waits until the probe has looked around and closed it, and gives the probe's report. */
    Report start(List<String> properties, String... arguments) throws IOException, InterruptedException {
        String name = "start" + ++starts;
        Path report = work.resolve(name + ".properties");
        List<String> vm = new ArrayList<>(List.of("-Dprobe.report=" + report, "-Dio.peerwerk.home=" + work.resolve("home")));
        vm.addAll(properties);
        List<String> all = new ArrayList<>(List.of("-nosplash", "-data", work.resolve("workspace").toString()));
        all.addAll(List.of(arguments));
        run(name, vm, all);
        Properties read = new Properties();
        try (var in = Files.newInputStream(report)) {
            read.load(in);
        }
        return new Report(read);
    }

    private void run(String name, List<String> vm, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m"));
        command.addAll(vm);
        command.addAll(List.of("-jar", launcher().toString()));
        command.addAll(arguments);
        Path log = work.resolve(name + ".log");
        Process process = new ProcessBuilder(command).directory(install.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        if (!ended || process.exitValue() != 0) {
            throw new IOException(name + (ended ? " ended with " + process.exitValue() : " did not end") + ":\n"
                    + Files.readString(log));
        }
    }

    private Path launcher() throws IOException {
        try (Stream<Path> plugins = Files.list(install.resolve("plugins"))) {
            return plugins.filter(file -> file.getFileName().toString().startsWith("org.eclipse.equinox.launcher_")).findFirst()
                    .orElseThrow(() -> new IOException("no launcher in " + install));
        }
    }

    /** What the probe saw. */
    record Report(Properties seen) {
        Set<String> perspectives() {
            return words("perspectives");
        }

        /** The perspective that was open. */
        String open() {
            return seen.getProperty("open", "");
        }

        /** The views in it that were really made. */
        Set<String> views() {
            return words("views");
        }

        Set<String> bundles() {
            return words("bundles");
        }

        Set<String> active() {
            return words("active");
        }

        Set<String> unresolved() {
            return words("unresolved");
        }

        /** Whether the service that was waited for came. */
        boolean service() {
            return Boolean.parseBoolean(seen.getProperty("service"));
        }

        private Set<String> words(String key) {
            Set<String> words = new TreeSet<>(Arrays.asList(seen.getProperty(key, "").split(" ")));
            words.remove("");
            return words;
        }
    }
}
