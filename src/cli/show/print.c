/* print.c: messages on standard error, results on standard output. */
#include "cli/show/print.h"

#include "cli/show/progress.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int quiet;
static int is_chinese; /* what cli_say says */

#define INDENTED "\n  " /* begins a line below a message: an expression, and the caret under it */

/* ---- Standard error ---------------------------------------------------------- */

void cli_say_quietly(int keep_back)
{
    quiet = keep_back;
}

void cli_say_in(const char *lang)
{
    is_chinese = lang && strcmp(lang, "zh") == 0;
    cli_arena_set_last_words(is_chinese ? "tesela: 内存不足\n" : "tesela: out of memory\n");
}

void cli_say_interrupted(void)
{
    const char *said = is_chinese ? "tesela: 已中断\n" : "tesela: interrupted\n";
    cli_progress_clear();
    if (write(STDERR_FILENO, said, strlen(said)) < 0) {
        /* nobody listens any more */
    }
}

static void say(char *text)
{
    cli_text_clean(text, 0);
    cli_progress_clear();
    fprintf(stderr, "%s\n", text);
}

void cli_say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = cli_format_list(format, args);
    va_end(args);
    if (!quiet) {
        say(is_chinese ? cli_format("%s", cli_word_note(text, "zh")) : text);
    }
}

void cli_say_always(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(cli_format_list(format, args));
    va_end(args);
}

const char *cli_word_error(const char *message)
{
    tsl_error unsaid;
    char *words = NULL;
    const char *said = is_chinese && tsl_error_get_words(message, "zh", &words, &unsaid) == TSL_OK
                           ? cli_copy(words, strlen(words))
                           : message;
    tsl_text_free(words);
    return said;
}

void cli_say_error(const char *message)
{
    const char *end = strstr(message, INDENTED);
    cli_say_always("tesela: %s", cli_word_error(cli_copy(message, end ? (size_t)(end - message) : strlen(message))));
    while (end) {
        const char *line = end + 1;
        end = strstr(line, INDENTED);
        cli_say_always("%.*s", (int)(end ? end - line : (ptrdiff_t)strlen(line)), line);
    }
}

const char *cli_word_note(const char *note, const char *lang)
{
    tsl_error unsaid;
    char *words = NULL;
    const char *said = tsl_notes_get_words(note, lang ? lang : "en", &words, &unsaid) == TSL_OK
                           ? cli_copy(words, strlen(words))
                           : note;
    tsl_text_free(words);
    return said;
}

void cli_say_note(const char *note, const char *lang)
{
    if (!quiet) { /* in the language already */
        const int zh = lang && strcmp(lang, "zh") == 0;
        say(cli_format("%s%s", zh ? "说明：" : "note: ", cli_word_note(note, lang)));
    }
}

void cli_say_notes(const tsl_notes *notes, const char *lang)
{
    for (size_t i = 0; i < notes->count; i++) {
        cli_say_note(notes->text[i], lang);
    }
}

/* ---- Standard output --------------------------------------------------------- */

static int lost; /* errno of the first write that failed */

void cli_put(const char *bytes, size_t count)
{
    if (fwrite(bytes, 1, count, stdout) != count && !lost) {
        lost = errno;
    }
}

void cli_print(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = cli_format_list(format, args);
    va_end(args);
    cli_text_clean(text, 1);
    cli_put(text, strlen(text));
}

const char *cli_count_name(uint64_t count, const char *noun)
{
    char number[CLI_NUMBER_BYTES];
    cli_count_write(count, number);
    return cli_format("%s %s%s", number, noun, count == 1 ? "" : "s");
}

tsl_status cli_print_end(int *broken, tsl_error *err)
{
    if (fflush(stdout) != 0 && !lost) {
        lost = errno;
    }
    *broken = lost == EPIPE;
    return lost ? cli_fail(err, TSL_E_IO, "standard output: cannot be written: %s", strerror(lost)) : TSL_OK;
}
