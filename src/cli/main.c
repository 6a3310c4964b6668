/* main.c: the program tesela: which command, with what settings, and how it ended. */
#include "cli/ask/command_line.h"
#include "cli/ask/config.h"
#include "cli/commands.h"
#include "cli/inputs/file_patterns.h"
#include "cli/inputs/inputs.h"
#include "cli/show/help.h"
#include "cli/show/print.h"
#include "cli/show/progress.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"
#include "cli/system/interrupt.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { USAGE = 2, TERMINATED = 128 };

static const char try_help[] = "Try 'tesela --help'.";

/* The reader of standard output went away: that is no news to anybody. */
static int is_broken_pipe;

/* The exit status; command: whose help would have helped, or NULL. */
static int finish(tsl_status status, const tsl_error *err, const char *command)
{
    int signal_number = cli_interrupt_get();
    cli_progress_clear();
    if (status == TSL_OK) {
        return 0;
    }
    if (signal_number) {
        cli_say_error("interrupted");
        return TERMINATED + signal_number;
    }
    if (!is_broken_pipe) {
        cli_say_error(err->message);
    }
    if (command) {
        cli_say_always("%s", cli_word_error(cli_format("Try 'tesela help %s'.", command)));
    }
    return tsl_status_get_exit(status);
}

/* What is wrong with the command line is said in the language that it asks for, wherever that stands. */
static const char *find_lang(int count, char **argument)
{
    static const char option[] = "--lang";
    const size_t length = sizeof option - 1;
    const char *lang = NULL;
    for (int i = 0; i < count; i++) {
        if (strcmp(argument[i], option) == 0) {
            lang = i + 1 < count ? argument[i + 1] : lang;
        } else if (strncmp(argument[i], option, length) == 0 && argument[i][length] == '=') {
            lang = argument[i] + length + 1;
        }
    }
    return lang;
}

/* The command line is read twice: once to learn of --config and --map, once over what they say. */
static tsl_status read_settings(int count, char **argument, cli_settings *set, int *help, tsl_error *err)
{
    cli_command command = set->command;
    tsl_status status = TSL_OK;
    CLI_TRY(cli_options_read(count, argument, set, help, err));
    if (*help) {
        return TSL_OK;
    }
    const char *config = set->config, *map = set->map;
    if (config || map) {
        cli_settings_defaults(set);
        set->command = command;
        set->config = config;
        set->map = map;
        CLI_TRY(cli_config_read(set, err));
        CLI_TRY(cli_options_read(count, argument, set, help, err));
    }
    CLI_TRY(cli_options_check(set, err));
    CLI_TRY(cli_settings_check(set, err));
    cli_say_quietly(set->quiet);
    cli_say_in(set->lang);
    CLI_TRY(cli_file_patterns_expand(set, err));
    CLI_TRY(cli_paths_check(set, err));
done:
    return status;
}

static int run_command(cli_command command, int count, char **argument)
{
    cli_settings set;
    cli_job job;
    tsl_error err = {TSL_OK, ""};
    int help = 0;
    cli_settings_defaults(&set);
    set.command = command;
    tsl_status status = read_settings(count - 2, argument + 2, &set, &help, &err);
    if (status == TSL_OK && help) {
        cli_help_print_command(command);
    } else if (status == TSL_OK) {
        status = cli_inputs_sort(&set, &err);
    }
    if (status == TSL_OK && !help) {
        cli_job_open(&job, &set, (const char *const *)argument, (size_t)count);
        status = cli_verb_get(command)->run(&job, &err);
        cli_job_free(&job);
    }
    if (status == TSL_OK) {
        status = cli_print_end(&is_broken_pipe, &err);
    }
    status = cli_config_locate(&set, status, &err);
    cli_say_in(find_lang(count, argument) ? find_lang(count, argument)
                                          : set.lang); /* a configuration may say it, too */
    return finish(status, &err, status == TSL_E_OPTION ? cli_verb_get(command)->name : NULL);
}

typedef struct pages {
    void (*all)(void);
    void (*command)(cli_command command);
    void (*configuration)(void);
} pages;

static const pages plain = {cli_help_print, cli_help_print_command, cli_help_print_configuration},
                   roff = {cli_man_print, cli_man_print_command, cli_man_print_configuration};

/* topic: NULL is the whole program. The exit status. */
static int print_page(const pages *form, const char *topic)
{
    tsl_error err;
    if (!topic) {
        form->all();
    } else if (strcmp(topic, "configuration") == 0 || strcmp(topic, "config") == 0) {
        form->configuration();
    } else if (cli_verb_find(topic) != CLI_COMMANDS) {
        form->command(cli_verb_find(topic));
    } else {
        const char *near = cli_verb_get_nearest(topic);
        cli_say_error(cli_format("there is no help on \"%s\"%s%s%s", topic, near ? " (did you mean \"" : "",
                                 near ? near : "", near ? "\"?)" : ""));
        cli_say_always("%s", cli_word_error(try_help));
        return USAGE;
    }
    return finish(cli_print_end(&is_broken_pipe, &err), &err, NULL);
}

static int print_completion(const char *shell)
{
    tsl_error err;
    if (!shell || cli_completion_print(shell)) {
        cli_say_error(cli_format("completion is there for bash, zsh and fish, not for \"%s\"", shell ? shell : ""));
        return USAGE;
    }
    return finish(cli_print_end(&is_broken_pipe, &err), &err, NULL);
}

/* topic and which are NULL where nothing stands there. */
static int print_help(const char *topic, const char *which)
{
    if (topic && strcmp(topic, "completion") == 0) {
        return print_completion(which);
    }
    return topic && strcmp(topic, "man") == 0 ? print_page(&roff, which) : print_page(&plain, topic);
}

static int start(int count, char **argument)
{
    tsl_error err;
    const char *word = count > 1 ? argument[1] : NULL;
    cli_say_in(find_lang(count, argument));
    if (!word) {
        cli_say_always("%s", cli_word_error("Usage: tesela COMMAND [ARGUMENT...] [OPTION...]"));
        cli_say_always("%s", cli_word_error(try_help));
        return USAGE;
    }
    if (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        return print_help(count > 2 ? argument[2] : NULL, count > 3 ? argument[3] : NULL);
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        cli_print("tesela %s\nkernel: %s\nthreads: %d\nHDF5: %s\n", tsl_version_get(), tsl_kernel_get_name(),
                  tsl_threads_get(), tsl_store_get_version());
        return finish(cli_print_end(&is_broken_pipe, &err), &err, NULL);
    }
    cli_command command = cli_verb_find(word);
    if (command != CLI_COMMANDS) {
        return run_command(command, count, argument);
    }
    static const char *const options[] = {"--help", "--version"};
    int option = word[0] == '-';
    const char *near = option ? tsl_name_get_nearest(word, options, 2) : cli_verb_get_nearest(word);
    cli_say_error(cli_format("\"%s\" is no %s%s%s%s", word, option ? "option before a command" : "command",
                             near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : ""));
    cli_say_always("%s", cli_word_error(try_help));
    return USAGE;
}

int main(int count, char **argument)
{
    signal(SIGPIPE, SIG_IGN); /* met as a failed write */
    signal(SIGXFSZ, SIG_IGN); /* likewise */
    cli_interrupt_start(cli_say_interrupted);
    tsl_store_open();
    int status = start(count, argument);
    cli_arena_free();
    return status;
}
