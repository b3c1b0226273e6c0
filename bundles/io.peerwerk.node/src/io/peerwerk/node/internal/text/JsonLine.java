// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node.internal.text;

import java.util.Collection;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object on one line, its members in the order they were added. Absent values are left out rather than
 * written as null, so that a script's test for a member is a test for the value.
 */
public final class JsonLine {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final JsonObject object = new JsonObject();

    /** An empty object. */
    public static JsonLine object() {
        return new JsonLine();
    }

    /** An object whose first member is {@code "event"}. */
    public static JsonLine event(String name) {
        return new JsonLine().with("event", name);
    }

    public JsonLine with(String name, @Nullable String value) {
        if (value != null) {
            object.addProperty(name, value);
        }
        return this;
    }

    /** Whole numbers are written whole; others rounded to thousandths. */
    public JsonLine with(String name, @Nullable Number value) {
        if (value instanceof Double real) {
            object.addProperty(name, Figures.rounded(real));
        } else if (value != null) {
            object.addProperty(name, value);
        }
        return this;
    }

    public JsonLine with(String name, @Nullable Boolean value) {
        if (value != null) {
            object.addProperty(name, value);
        }
        return this;
    }

    public JsonLine with(String name, Collection<String> values) {
        var array = new JsonArray(values.size());
        values.forEach(array::add);
        object.add(name, array);
        return this;
    }

    public JsonLine with(String name, Map<String, ? extends Number> values) {
        var inner = new JsonObject();
        values.forEach(inner::addProperty);
        object.add(name, inner);
        return this;
    }

    public JsonLine with(String name, JsonElement value) {
        object.add(name, value);
        return this;
    }

    @Override
    public String toString() {
        return GSON.toJson(object);
    }
}
