/* format.h: numbers as people read them, how wide texts stand, also in Chinese, and what of them may reach a terminal.
 */
#ifndef TSL_CLI_SHOW_FORMAT_H
#define TSL_CLI_SHOW_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#define CLI_NUMBER_BYTES 40

/* 1234567 -> "1,234,567" */
void cli_count_write(uint64_t count, char out[CLI_NUMBER_BYTES]);
/* With thousands parted and so many decimals, which may not leave nothing of it; "" for NaN. */
void cli_number_write(double number, int decimals, char out[CLI_NUMBER_BYTES]);
/* What is expected of money, purchases: as a number, but "under 0.01" (zh: of Chinese) of next to nothing, of which
 * digits would claim what no model knows. */
void cli_expected_write(double number, int decimals, int zh, char out[CLI_NUMBER_BYTES]);
/* The decimals in which two numbers that stand together are shown: two, or as many up to four that neither is without a
 * digit that is not 0. */
int cli_pair_decimals(double a, double b);
/* A probability in two decimals: "under 0.01" and "over 0.99" of what is not certain. */
void cli_chance_write(double chance, int zh, char out[CLI_NUMBER_BYTES]);
/* 0.1234 -> "12.3 %", as in the report; "" for NaN. */
void cli_share_write(double share, char out[CLI_NUMBER_BYTES]);
/* A number of any size in some five digits; "" for NaN. */
void cli_short_write(double number, char out[CLI_NUMBER_BYTES]);
/* Columns that a UTF-8 text takes on a terminal. */
size_t cli_text_get_width(const char *text);
/* Cuts it to so many columns, in place. */
void cli_text_cut(char *text, size_t width);
/* Names and ids come from the user's data and must not speak to the terminal: puts "?" for each byte of a control
 * character, in place; with lines, line ends and tabs stay. */
void cli_text_clean(char *text, int lines);

#endif
