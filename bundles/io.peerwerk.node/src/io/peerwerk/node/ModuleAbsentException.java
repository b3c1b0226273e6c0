// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.node;

import java.io.IOException;

/** A module was asked for while it is not loaded: a state that may pass, not an error of the caller. */
public final class ModuleAbsentException extends IOException {
    private static final long serialVersionUID = 1;

    private final NodeModule module;

    public ModuleAbsentException(NodeModule module) {
        super("the " + module.label() + " module is not loaded");
        this.module = module;
    }

    /** The module that is away. */
    public NodeModule module() {
        return module;
    }
}
