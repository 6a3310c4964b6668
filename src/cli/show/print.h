/* print.h: what the program says: messages on standard error, results on
 * standard output, and tables whose columns stand under each other also in
 * Chinese. */
#ifndef TSL_CLI_SHOW_PRINT_H
#define TSL_CLI_SHOW_PRINT_H

#include "cli/show/format.h"
#include <tesela/base.h>

/* ---- Standard error ---- */

/* Lines that --quiet keeps back. */
void cli_say_quietly(int keep_back);
/* The language of what is said from now on: "zh", or NULL and "en". */
void cli_say_in(const char *lang);
/* By any thread: the last words of a program that is interrupted. */
void cli_say_interrupted(void);
/* Formats are English; what is said of them is in the language. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Errors, which nothing keeps back. */
void cli_say_always(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "tesela: ..."; what it shows below, an expression with a caret, stands on lines of its own. */
void cli_say_error(const char *message);
/* What an error says, in the language of cli_say_in. */
const char *cli_word_error(const char *message);
/* "note: ..." for each. */
void cli_say_notes(const tsl_notes *notes, const char *lang);
/* A note, or a line of what a column was taken for, in the language. */
const char *cli_word_note(const char *note, const char *lang);
/* A note in the language; what nobody has said in it is English. */
void cli_say_note(const char *note, const char *lang);

/* ---- Standard output ---- */

/* For people: control characters are "?", but for line ends and tabs. */
void cli_print(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* For programs: the bytes as they are. */
void cli_put(const char *bytes, size_t count);
/* Sees that all of it arrived: TSL_E_IO. *broken: 1 where the reader went away.
 * To be called once, at the end. */
TSL_FALLIBLE tsl_status cli_print_end(int *broken, tsl_error *err);

/* "1 row", "2 rows", from the pool; of a noun that takes an s. */
const char *cli_count_name(uint64_t count, const char *noun);

/* ---- Tables ---- */

#define CLI_GRID_COLUMNS 16

/* Cells are texts from the pool, row by row. */
typedef struct cli_text_table {
    size_t columns, count;
    const char **cell;
    const char *align; /* a character a column: 'l' left, 'r' right; left, in what the page leaves: 'w' cut, 'n' whole,
                          on several lines */
} cli_text_table;

void cli_text_table_add(cli_text_table *grid, const char *cell);
void cli_text_table_count(cli_text_table *grid, uint64_t count);
void cli_text_table_share(cli_text_table *grid, double share);
void cli_text_table_number(cli_text_table *grid, double number, int decimals);
void cli_text_table_short(cli_text_table *grid, double number);
/* Prints it on standard output, indented by two. The first row is the head. */
void cli_text_table_print(const cli_text_table *grid);

#endif
