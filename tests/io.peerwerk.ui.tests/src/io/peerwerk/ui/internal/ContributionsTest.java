// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import io.peerwerk.ui.PeerwerkUi;

/** What the bundle declares: complete, with words for everything, and nothing in a toolbar that no menu has. */
class ContributionsTest {
    private Document plugin;

    @BeforeEach
    void read() throws Exception {
        try (InputStream in = resource("/plugin.xml")) {
            plugin = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private static InputStream resource(String path) throws IOException {
        return FrameworkUtil.getBundle(PeerwerkUi.class).getEntry(path).openStream();
    }

    private static Properties properties(InputStream in) throws IOException {
        try (var reader = new InputStreamReader(in, StandardCharsets.ISO_8859_1)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }

    private List<Element> elements(String tag) {
        NodeList nodes = plugin.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private Set<String> commandsAt(String where) {
        Set<String> ids = new TreeSet<>();
        for (Element contribution : elements("menuContribution")) {
            if (contribution.getAttribute("locationURI").startsWith(where)) {
                NodeList commands = contribution.getElementsByTagName("command");
                for (int i = 0; i < commands.getLength(); i++) {
                    ids.add(((Element) commands.item(i)).getAttribute("commandId"));
                }
            }
        }
        return ids;
    }

    @Test
    void everythingInAToolbarIsInTheMenuOfThatViewAndInTheMainMenuToo() {
        for (String view : List.of(PeerwerkUi.NETWORK_VIEW, PeerwerkUi.STORAGE_VIEW, PeerwerkUi.CONTRIBUTION_VIEW,
                PeerwerkUi.ROUTING_VIEW, PeerwerkUi.TOPICS_VIEW, PeerwerkUi.GOSSIP_VIEW, PeerwerkUi.SIMULATION_VIEW)) {
            Set<String> toolbar = commandsAt("toolbar:" + view);
            assertTrue(commandsAt("menu:" + view).containsAll(toolbar), view);
            assertTrue(commandsAt("menu:org.eclipse.ui.main.menu").containsAll(toolbar), view);
        }
        for (String view : List.of(PeerwerkUi.STORAGE_VIEW, PeerwerkUi.ROUTING_VIEW, PeerwerkUi.TOPICS_VIEW,
                PeerwerkUi.GOSSIP_VIEW, PeerwerkUi.SIMULATION_VIEW)) {
            assertFalse(commandsAt("toolbar:" + view).isEmpty(), view);
        }
    }

    @Test
    void everyCommandHasAHandlerAndAPlaceInAMenu() {
        Set<String> handled = new HashSet<>();
        elements("handler").forEach(handler -> handled.add(handler.getAttribute("commandId")));
        Set<String> placed = commandsAt("menu:");
        placed.addAll(commandsAt("popup:"));
        List<Element> commands = elements("command").stream().filter(c -> c.hasAttribute("id")).toList();
        assertEquals(26, commands.size());
        for (Element command : commands) {
            String id = command.getAttribute("id");
            assertTrue(handled.contains(id), id + " has no handler");
            assertTrue(placed.contains(id), id + " is in no menu");
        }
    }

    @Test
    void everyClassThatIsDeclaredExists() throws ClassNotFoundException {
        Matcher names = Pattern.compile("class=\"([^\"]+)\"").matcher(text());
        int found = 0;
        while (names.find()) {
            assertNotNull(Class.forName(names.group(1), false, getClass().getClassLoader()));
            found++;
        }
        assertTrue(found > 15, "only " + found + " classes");
    }

    @Test
    void everyIconThatIsDeclaredExists() {
        Matcher icons = Pattern.compile("icons/[a-z0-9-]+\\.svg").matcher(text());
        while (icons.find()) {
            assertNotNull(FrameworkUtil.getBundle(PeerwerkUi.class).getEntry(icons.group()), icons.group());
        }
    }

    private static String text() {
        try (InputStream in = resource("/plugin.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyWordOfTheDeclarationsHasItsTextAndNoTextIsUnused() throws IOException {
        Set<Object> used = new TreeSet<>();
        Matcher keys = Pattern.compile("[\">]%([\\w.]+)[\"<]").matcher(text());
        while (keys.find()) {
            used.add(keys.group(1));
        }
        used.add("bundle.name");
        used.add("bundle.vendor");
        assertEquals(used, new TreeSet<>(properties(resource("/plugin.properties")).keySet()));
    }

    @Test
    void everyMessageHasItsTextAndNoTextIsUnused() throws Exception {
        Properties texts = properties(Messages.class.getResourceAsStream("messages.properties"));
        Set<Object> fields = new TreeSet<>();
        for (Field field : Messages.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                fields.add(field.getName());
                assertFalse(((String) field.get(null)).startsWith("NLS missing"), field.getName());
            }
        }
        assertEquals(fields, new TreeSet<>(texts.keySet()));
    }
}
