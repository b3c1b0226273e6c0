// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.NotEnabledException;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.services.IServiceLocator;
import org.eclipse.ui.statushandlers.StatusManager;

import io.peerwerk.ui.PeerwerkUi;

/** A command about to be executed from code, so that a drop or a double click takes the same way as the menu. */
public final class CommandCall {
    private final IServiceLocator site;
    private final String id;
    private final Map<String, String> parameters = new HashMap<>();

    private CommandCall(IServiceLocator site, String id) {
        this.site = site;
        this.id = id;
    }

    public static CommandCall of(IServiceLocator site, String id) {
        return new CommandCall(site, id);
    }

    public CommandCall with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    /** Executes it; a failure is shown, a command that is not enabled now does nothing. User interface's thread. */
    public void run() {
        Command command = site.getService(ICommandService.class).getCommand(id);
        try {
            site.getService(IHandlerService.class)
                    .executeCommand(ParameterizedCommand.generateCommand(command, parameters), null);
        } catch (NotEnabledException e) {
            // As when its menu item is grey.
        } catch (CommandException e) {
            StatusManager.getManager().handle(new Status(IStatus.ERROR, PeerwerkUi.BUNDLE, e.getMessage(), e),
                    StatusManager.LOG | StatusManager.SHOW);
        }
    }
}
