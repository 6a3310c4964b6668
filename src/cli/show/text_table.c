/* text_table.c: tables on standard output. */
#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <stdio.h>
#include <string.h>

#define PAGE_WIDTH 100 /* beyond it, a 'w' or 'n' column is narrowed */
#define CUT_LEAST 16   /* but never below this */

void cli_text_table_add(cli_text_table *grid, const char *cell)
{
    grid->cell = cli_grow(grid->cell, grid->count, sizeof *grid->cell);
    char *copy = cell ? cli_copy(cell, strlen(cell)) : cli_copy("", 0);
    cli_text_clean(copy, 0);
    grid->cell[grid->count++] = copy;
}

void cli_text_table_count(cli_text_table *grid, uint64_t count)
{
    char out[CLI_NUMBER_BYTES];
    cli_count_write(count, out);
    cli_text_table_add(grid, out);
}

void cli_text_table_share(cli_text_table *grid, double share)
{
    char out[CLI_NUMBER_BYTES];
    cli_share_write(share, out);
    cli_text_table_add(grid, out);
}

void cli_text_table_number(cli_text_table *grid, double number, int decimals)
{
    char out[CLI_NUMBER_BYTES];
    cli_number_write(number, decimals, out);
    cli_text_table_add(grid, out);
}

void cli_text_table_short(cli_text_table *grid, double number)
{
    char out[CLI_NUMBER_BYTES];
    cli_short_write(number, out);
    cli_text_table_add(grid, out);
}

static void measure(const cli_text_table *grid, size_t width[CLI_GRID_COLUMNS])
{
    size_t total = 0;
    for (size_t c = 0; c < grid->columns; c++) {
        width[c] = 0;
        for (size_t i = c; i < grid->count; i += grid->columns) {
            size_t own = cli_text_get_width(grid->cell[i]);
            width[c] = own > width[c] ? own : width[c];
        }
        total += width[c] + 2;
    }
    for (size_t c = 0; c < grid->columns && total > PAGE_WIDTH; c++) {
        if ((grid->align[c] == 'w' || grid->align[c] == 'n') && width[c] > CUT_LEAST) {
            const size_t over = total - PAGE_WIDTH, kept = width[c] > over + CUT_LEAST ? width[c] - over : CUT_LEAST;
            total -= width[c] - kept;
            width[c] = kept;
        }
    }
}

/* What of a text goes on the first of several lines: up to the last space that fits, or as many characters. *rest:
 * what follows, "" for nothing. */
static const char *take_line(const char *text, size_t width, const char **rest)
{
    char *line = cli_copy(text, strlen(text));
    *rest = "";
    if (cli_text_get_width(text) <= width) {
        return line;
    }
    cli_text_cut(line, width);
    size_t length = strlen(line);
    char *space = text[length] == ' ' ? line + length : strrchr(line, ' ');
    length = space && space > line ? (size_t)(space - line) : length;
    *rest = text + length + (text[length] == ' ');
    return cli_copy(line, length);
}

static void print_cell(const char *cell, char align, size_t width, int last)
{
    char *text = cli_copy(cell, strlen(cell));
    if (cli_text_get_width(text) > width) {
        cli_text_cut(text, width - 1);
        text = cli_format("%s\xE2\x80\xA6", text); /* an ellipsis */
    }
    size_t own = cli_text_get_width(text), gap = width > own ? width - own : 0;
    if (last && !*text) {
        return;
    }
    if (align == 'r') {
        cli_print("  %*s%s", (int)gap, "", text);
    } else {
        cli_print("  %s%*s", text, last ? 0 : (int)gap, "");
    }
}

/* One line of a row; rest: what is left of each text that takes several. 1: something is left. */
static int print_line(const cli_text_table *grid, const char *const *cell, const size_t *width, const char **rest)
{
    const char *text[CLI_GRID_COLUMNS];
    size_t end = 0; /* behind the last that has a text */
    int left = 0;
    for (size_t c = 0; c < grid->columns; c++) {
        text[c] = grid->align[c] == 'n' ? take_line(cell[c], width[c], &rest[c]) : cell[c];
        rest[c] = grid->align[c] == 'n' ? rest[c] : "";
        left |= *rest[c] != 0;
        end = *text[c] ? c + 1 : end;
    }
    for (size_t c = 0; c < end; c++) {
        print_cell(text[c], grid->align[c], width[c], c + 1 == end);
    }
    cli_print("\n");
    return left;
}

/* The cells of a row, and under them what is left of texts. */
static void print_row(const cli_text_table *grid, const char *const *cell, const size_t *width)
{
    const char *rest[CLI_GRID_COLUMNS], *line[CLI_GRID_COLUMNS];
    int left = print_line(grid, cell, width, rest);
    while (left) {
        memcpy(line, rest, grid->columns * sizeof *line);
        left = print_line(grid, line, width, rest);
    }
}

void cli_text_table_print(const cli_text_table *grid)
{
    size_t width[CLI_GRID_COLUMNS];
    measure(grid, width);
    for (size_t i = 0; i + grid->columns <= grid->count; i += grid->columns) {
        print_row(grid, grid->cell + i, width);
    }
}
