@echo off
rem Peerwerk. With no argument: the workbench, if this is the workbench product. Otherwise a command of the node.
setlocal enabledelayedexpansion
set "INSTALL=%~dp0"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
for %%j in ("%INSTALL%plugins\org.eclipse.equinox.launcher_*.jar") do set "LAUNCHER=%%j"
set "COMMON=-Djava.util.logging.config.file="%INSTALL%logging.properties" -Dpeerwerk.program="%INSTALL%peerwerk.bat" %PEERWERK_JAVA_OPTS%"
if "%~1"=="" if exist "%INSTALL%plugins\io.peerwerk.ui_*.jar" (
    "%JAVA%" %COMMON% -Dosgi.instance.area.default=@user.home/.peerwerk/workspace -jar "!LAUNCHER!"
    exit /b !ERRORLEVEL!
)
set "AREA=%TEMP%\peerwerk-%RANDOM%%RANDOM%"
"%JAVA%" %COMMON% "-Dosgi.configuration.area=%AREA%" -Dosgi.instance.area=@none -Declipse.application=io.peerwerk.node.cli -jar "!LAUNCHER!" -nosplash %*
set CODE=%ERRORLEVEL%
rmdir /s /q "%AREA%" 2>nul
exit /b %CODE%
