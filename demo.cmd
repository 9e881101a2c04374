@echo off
rem The five-minute look: builds what is missing, then runs the local stack, the application and a day of changes.
rem   demo            until Ctrl-C        demo --exit     ends by itself, status 0 only if everything arrived
rem   demo put KEY [attribute=value ...]                  one item into a running demo
setlocal
cd /d "%~dp0"
if "%1"=="put" goto run
echo Building (the first time fetches the libraries: a minute or two) ...
call mvnw.cmd -q -B -ntp -DskipTests package || exit /b 1
:run
if not exist target\demo.args (
    echo No demo is running here: start demo in another terminal first. 1>&2
    exit /b 2
)
java @target/demo.args io.distributary.sandbox.demo.Demo %*
