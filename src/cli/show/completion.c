/* completion.c: scripts by which bash, zsh and fish complete what is typed, drawn
 * from the same tables as help. */
#include "cli/show/help.h"
#include "cli/show/help_text.h"
#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <string.h>

/* ---- What stands behind an option ------------------------------------------------------ */

typedef enum kind { NOTHING, WORDS, LIST, FILES, FOLDER, OTHER } kind; /* LIST: words parted by commas */

static kind kind_of(const cli_param *param, cli_command command)
{
    const char *argument = cli_help_get_argument(param, command);
    return !argument                           ? NOTHING
           : param->choices                    ? param->type == CLI_LIST ? LIST : WORDS
           : strncmp(argument, "FILE", 4) == 0 ? FILES
           : strncmp(argument, "DIR", 3) == 0  ? FOLDER
                                               : OTHER;
}

/* "z minmax robust none" */
static const char *words_of(const cli_param *param)
{
    const char *words = "";
    for (const cli_choice *choice = param->choices; choice && choice->name; choice++) {
        words = choice->hidden ? words : cli_format("%s%s%s", words, *words ? " " : "", choice->name);
    }
    return words;
}

/* Calls print for each option of the command. */
static void for_options(cli_command command, void (*print)(const cli_param *param, cli_command command))
{
    for (size_t i = 0; i < cli_params_get_count(); i++) {
        if (cli_help_is_taken(cli_params_get(i), command)) {
            print(cli_params_get(i), command);
        }
    }
}

static void for_commands(void (*print)(const cli_verb *verb, cli_command command))
{
    for (int command = 0; command < CLI_COMMANDS; command++) {
        print(cli_verb_get((cli_command)command), (cli_command)command);
    }
}

/* text as the inside of '...', with each of `special` behind a backslash;
 * apostrophe: how the shell writes one there. */
static const char *quoted(const char *text, const char *special, const char *apostrophe)
{
    char *out = cli_take(4 * strlen(text) + 1, 1);
    size_t used = 0;
    for (const char *p = text; *p; p++) {
        const char behind[] = {'\\', *p, '\0'};
        const char *piece = *p == '\'' ? apostrophe : strchr(special, *p) ? behind : behind + 1;
        while (*piece) {
            out[used++] = *piece++;
        }
    }
    return out;
}

static void print_name(const cli_verb *verb, cli_command command)
{
    (void)command;
    cli_print(" %s", verb->name);
}

/* ---- bash ------------------------------------------------------------------------------- */

static void print_bash_option(const cli_param *param, cli_command command)
{
    (void)command;
    cli_print(" --%s", param->option);
}

static void print_bash_options(const cli_verb *verb, cli_command command)
{
    cli_print("    %s) echo '", verb->name);
    for_options(command, print_bash_option);
    cli_print(" --help' ;;\n");
}

static void print_bash_value(const cli_param *param, cli_command command)
{
    static const char *const names[] = {[FILES] = "FILES", [FOLDER] = "FILES", [OTHER] = "OTHER"};
    const kind what = kind_of(param, command);
    if (what != NOTHING) {
        cli_print("    %s--%s) echo '%s%s%s' ;;\n", cli_verb_get(command)->name, param->option,
                  what == LIST ? "LIST " : "", what == WORDS || what == LIST ? words_of(param) : names[what],
                  param->type == CLI_FILES ? "..." : "");
    }
}

static void print_bash_values(const cli_verb *verb, cli_command command)
{
    (void)verb;
    for_options(command, print_bash_value);
}

static const char bash_rest[] =
    "    esac\n"
    "}\n"
    "\n"
    "_tesela() {\n"
    "    local command=${COMP_WORDS[1]} current=${COMP_WORDS[COMP_CWORD]} words='' value='' before='' word at between\n"
    "    COMPREPLY=()\n"
    "    [[ $current == '=' ]] && current=\n"
    "    # The option before the word, and how many words of its own stand between.\n"
    "    for ((at = COMP_CWORD - 1; at > 1; at--)); do\n"
    "        [[ ${COMP_WORDS[at]} == --* ]] && break\n"
    "    done\n"
    "    between=$((COMP_CWORD - at - 1))\n"
    "    ((at > 1 && between > 0)) && [[ ${COMP_WORDS[at + 1]} == '=' ]] && ((between--))\n"
    "    if ((COMP_CWORD == 1)); then\n"
    "        words=\"$_tesela_commands help --help --version\"\n"
    "    elif [[ $command == help ]]; then\n"
    "        ((COMP_CWORD == 2)) && words=\"$_tesela_commands configuration completion\"\n"
    "        [[ ${COMP_WORDS[2]} == completion ]] && ((COMP_CWORD == 3)) && words='bash zsh fish'\n"
    "    elif [[ $current == -* ]]; then\n"
    "        words=$(_tesela_options \"$command\")\n"
    "    else\n"
    "        ((at > 1)) && value=$(_tesela_value \"$command${COMP_WORDS[at]}\")\n"
    "        [[ $value == *... ]] || ((between == 0)) || value=\n"
    "        case ${value%...} in\n"
    "        FILES) ;;\n"
    "        OTHER) compopt +o default 2>/dev/null ;;\n"
    "        LIST*) # those that do not stand before the last comma already\n"
    "            [[ $current == *,* ]] && before=${current%,*},\n"
    "            for word in ${value#LIST }; do\n"
    "                [[ ,$before == *,$word,* ]] || words+=\" $before$word\"\n"
    "            done\n"
    "            ;;\n"
    "        '') [[ $command == @(run|features) ]] && words=$(_tesela_options \"$command\") ;;\n"
    "        *) words=$value ;;\n"
    "        esac\n"
    "    fi\n"
    "    # Without words of our own readline completes names of files.\n"
    "    [[ -n $words ]] && mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
    "    return 0\n"
    "}\n"
    "complete -o default -F _tesela tesela\n";

static void print_bash(void)
{
    cli_print("# Completes tesela in bash; made by \"tesela help completion bash\".\n\n"
              "_tesela_commands='");
    for_commands(print_name);
    cli_print("'\n\n_tesela_options() {\n    case $1 in\n");
    for_commands(print_bash_options);
    cli_print("    esac\n}\n\n"
              "# What stands behind an option; \"...\": several of them.\n"
              "_tesela_value() {\n    case $1 in\n");
    for_commands(print_bash_values);
    cli_print("%s", bash_rest);
}

/* ---- zsh -------------------------------------------------------------------------------- */

static void print_zsh_option(const cli_param *param, cli_command command)
{
    const kind what = kind_of(param, command);
    const int several = param->type == CLI_FILES;
    const char *text = quoted(cli_help_get_sentence(param, command), "[]\\", "'\\''");
    cli_print("    '%s--%s%s[%s]", several ? "*" : "", param->option, what == NOTHING ? "" : "=", text);
    if (what != NOTHING) {
        cli_print(":%s%s:", several ? "*-*:" : "", quoted(cli_help_get_argument(param, command), ":\\", "'\\''"));
    }
    if (what == WORDS) {
        cli_print("(%s)", words_of(param));
    } else if (what == LIST) {
        cli_print("_values -s , %s %s", param->option, words_of(param));
    }
    cli_print("%s' \\\n", what == FILES ? "_files" : what == FOLDER ? "_files -/" : "");
}

static void print_zsh_options(const cli_verb *verb, cli_command command)
{
    cli_print("_tesela_%s() {\n  _arguments \\\n", verb->name);
    for_options(command, print_zsh_option);
    cli_print("    '--help[print what it does]'%s\n}\n\n", verb->most ? " \\\n    '*:file:_files'" : "");
}

static void print_zsh_command(const cli_verb *verb, cli_command command)
{
    (void)command;
    cli_print("      '%s:%s'\n", verb->name, quoted(verb->summary, "\\", "'\\''"));
}

static void print_zsh(void)
{
    cli_print("#compdef tesela\n# Completes tesela in zsh; made by \"tesela help completion zsh\".\n\n");
    for_commands(print_zsh_options);
    cli_print("_tesela_help() {\n"
              "  if [[ $words[2] == completion && CURRENT -eq 3 ]]; then\n"
              "    compadd bash zsh fish\n"
              "  elif ((CURRENT == 2)); then\n"
              "    compadd");
    for_commands(print_name);
    cli_print(" configuration completion\n  fi\n}\n\n"
              "_tesela() {\n"
              "  local curcontext=$curcontext state line\n"
              "  typeset -A opt_args\n"
              "  _arguments -C '(- *)--help[print what it can do]' '(- *)--version[print the version]' \\\n"
              "    ':command:->command' '*::argument:->argument'\n"
              "  case $state in\n"
              "  command)\n"
              "    local -a commands\n"
              "    commands=(\n");
    for_commands(print_zsh_command);
    cli_print("      'help:all of a command'\n"
              "    )\n"
              "    _describe -t commands command commands\n"
              "    ;;\n"
              "  argument)\n"
              "    ((${+functions[_tesela_$words[1]]})) && _tesela_$words[1]\n"
              "    ;;\n"
              "  esac\n"
              "}\n\n"
              "_tesela \"$@\"\n");
}

/* ---- fish ------------------------------------------------------------------------------- */

static void print_fish_option(const cli_param *param, cli_command command)
{
    const kind what = kind_of(param, command);
    const char *text = quoted(cli_help_get_sentence(param, command), "\\", "\\'");
    const char *words = what == WORDS  ? cli_format(" -x -a '%s'", words_of(param))
                        : what == LIST ? cli_format(" -x -a '(__fish_append , %s)'", words_of(param))
                                       : "";
    static const char *const rest[] = {[NOTHING] = "",
                                       [WORDS] = "",
                                       [LIST] = "",
                                       [FILES] = " -r -F",
                                       [FOLDER] = " -x -a '(__fish_complete_directories)'",
                                       [OTHER] = " -x"};
    cli_print("complete -c tesela -n '__fish_seen_subcommand_from %s' -l %s%s%s -d '%s'\n", cli_verb_get(command)->name,
              param->option, rest[what], words, text);
}

static void print_fish_command(const cli_verb *verb, cli_command command)
{
    cli_print("\ncomplete -c tesela -n __fish_use_subcommand -a %s -d '%s'\n", verb->name,
              quoted(verb->summary, "\\", "\\'"));
    for_options(command, print_fish_option);
    cli_print("complete -c tesela -n '__fish_seen_subcommand_from %s' -l help -d 'print what it does'\n"
              "complete -c tesela -n '__fish_seen_subcommand_from %s' -F\n",
              verb->name, verb->name);
}

static void print_fish(void)
{
    cli_print("# Completes tesela in fish; made by \"tesela help completion fish\".\n\n"
              "complete -c tesela -f\n"
              "complete -c tesela -n __fish_use_subcommand -l help -d 'print what it can do'\n"
              "complete -c tesela -n __fish_use_subcommand -l version -d 'print the version'\n"
              "complete -c tesela -n __fish_use_subcommand -a help -d 'all of a command'\n"
              "complete -c tesela -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'\n"
              "complete -c tesela -n '__fish_prev_arg_in help' -a '");
    for_commands(print_name);
    cli_print(" configuration completion'\n");
    for_commands(print_fish_command);
}

/* ---- All of them ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    void (*print)(void);
} shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

int cli_completion_print(const char *shell)
{
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].print();
            return 0;
        }
    }
    return -1;
}
