// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.product;

import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.actions.ContributionItemFactory;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;

import io.peerwerk.ui.internal.Messages;

/** The menus of our own product; the Peerwerk menu itself is a contribution that an existing Eclipse gets as well. */
final class PeerwerkActionBarAdvisor extends ActionBarAdvisor {
    private IWorkbenchWindow window;

    PeerwerkActionBarAdvisor(IActionBarConfigurer configurer) {
        super(configurer);
    }

    @Override
    protected void makeActions(IWorkbenchWindow of) {
        window = of;
        for (ActionFactory factory : new ActionFactory[] {ActionFactory.QUIT, ActionFactory.UNDO,
            ActionFactory.REDO, ActionFactory.COPY, ActionFactory.SELECT_ALL,
            ActionFactory.PREFERENCES, ActionFactory.RESET_PERSPECTIVE, ActionFactory.ABOUT, ActionFactory.OPEN_NEW_WINDOW}) {
            register(factory.create(of));
        }
    }

    @Override
    protected void fillMenuBar(IMenuManager bar) {
        bar.add(menu(Messages.Menu_file, IWorkbenchActionConstants.M_FILE, ActionFactory.QUIT));
        bar.add(menu(Messages.Menu_edit, IWorkbenchActionConstants.M_EDIT, ActionFactory.UNDO, ActionFactory.REDO,
                ActionFactory.COPY, ActionFactory.SELECT_ALL));
        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        bar.add(windowMenu());
        bar.add(menu(Messages.Menu_help, IWorkbenchActionConstants.M_HELP, ActionFactory.ABOUT));
    }

    private MenuManager menu(String title, String id, ActionFactory... actions) {
        MenuManager menu = new MenuManager(title, id);
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        menu.add(new Separator());
        for (ActionFactory action : actions) {
            menu.add(getAction(action.getId()));
        }
        return menu;
    }

    private MenuManager windowMenu() {
        MenuManager menu = new MenuManager(Messages.Menu_window, IWorkbenchActionConstants.M_WINDOW);
        menu.add(getAction(ActionFactory.OPEN_NEW_WINDOW.getId()));
        menu.add(new Separator());
        menu.add(submenu(Messages.Menu_showView, ContributionItemFactory.VIEWS_SHORTLIST.create(window)));
        menu.add(submenu(Messages.Menu_perspective, ContributionItemFactory.PERSPECTIVES_SHORTLIST.create(window)));
        menu.add(getAction(ActionFactory.RESET_PERSPECTIVE.getId()));
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        menu.add(new Separator());
        menu.add(getAction(ActionFactory.PREFERENCES.getId()));
        return menu;
    }

    private static MenuManager submenu(String title, IContributionItem list) {
        MenuManager menu = new MenuManager(title);
        menu.add(list);
        return menu;
    }
}
