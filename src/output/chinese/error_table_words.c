/* error_table_words.c: what tables, and what is read out of them, fail with, in Chinese. */
#include "output/chinese/note_wording.h"

static const tsl__note_pattern words[] = {
    /* ---- The way out, behind what is wrong: before all others, which may end in anything ---- */
    {"{1}; --rates converts them (EUR=1,USD=0.92)", "{1!}；可用 --rates 换算（EUR=1,USD=0.92）"},
    {"{1} (in the configuration, customers.columns.{2}.ignore: true leaves the column out)",
     "{1!}（可在配置中用 customers.columns.{2}.ignore: true 不使用该列）"},
    {"{1}; the first: {2} (refused as gate: {3}: refuse says)", "{1!}；首个在 {2}（按 gate: {3}: refuse 拒绝）"},
    {"{1} (refused as gate: {2}: refuse says)", "{1!}（按 gate: {2}: refuse 拒绝）"},
    /* ---- A column that is not recognised ---- */
    {"{1}: no column of these customers is recognised as the customer, and {2} is no id, as it has {3} in lines {4} "
     "and {5}; name the column that holds it by --customer-id COLUMN (customers.id in the configuration); where none "
     "does, --customer-id \"#\" takes the number of the row",
     "{1}: 未识别出客户表的客户编号列，而 {2} 不能作为编号：第 {4} 行与第 {5} 行都是 {3}；请用 --customer-id COLUMN "
     "指定编号所在的列（配置中为 customers.id）；若没有这样的列，--customer-id \"#\" 以行号作为编号"},
    {"{1}: no column of these customers is recognised as the customer; {2}", "{1}: 未识别出客户表的客户编号列；{2!}"},
    {"{1}: no column of these transactions is recognised as {2}; {3}", "{1}: 未识别出交易记录的{2!}；{3!}"},
    {"{1}: no column of these interactions is recognised as {2}; {3}", "{1}: 未识别出互动记录的{2!}；{3!}"},
    {"the customer", "客户列"},
    {"the time", "时间列"},
    {"the amount", "金额列"},
    {"the customer or the time", "客户列与时间列"},
    {"the customer or the amount", "客户列与金额列"},
    {"the time or the amount", "时间列与金额列"},
    {"the customer, the time or the amount", "客户列、时间列与金额列"},
    {"name the one that holds it by --customer-id COLUMN (customers.id in the configuration); where none does, "
     "--customer-id \"#\" takes the number of the row; {1}",
     "请用 --customer-id COLUMN 指定（配置中为 customers.id）；若没有这样的列，--customer-id \"#\" "
     "以行号作为编号；{1!}"},
    {"name it by {1} ({2}.columns in the configuration); where no column says what a row is worth, --amount 1 counts "
     "each as one; {3}",
     "请用 {1} 指定（配置中为 {2}.columns）；若没有表示每行金额的列，--amount 1 使每行计 1；{3!}"},
    {"name it by {1} ({2}.columns in the configuration); {3}", "请用 {1} 指定（配置中为 {2}.columns）；{3!}"},
    {"it may {1}; {2}", "{1!}；{2!}"},
    {"be \"{1}\" ({2}), \"{3}\" ({4}), \"{5}\" ({6}), {7}", "可能是“{1}”（{2!}）、“{3}”（{4!}）、“{5}”（{6!}）、{7}"},
    {"be \"{1}\" ({2}), \"{3}\" ({4}), \"{5}\" ({6})", "可能是“{1}”（{2!}）、“{3}”（{4!}）、“{5}”（{6!}）"},
    {"be \"{1}\" ({2}), \"{3}\" ({4})", "可能是“{1}”（{2!}）、“{3}”（{4!}）"},
    {"be \"{1}\" ({2})", "可能是“{1}”（{2!}）"},
    /* ---- The columns that there are ---- */
    {"did you mean \"{1}\"?", "是否指“{1}”？"},
    {"the columns are: {1} (where another line has the names, --header N says which) (the sheets are: {3}; --sheet "
     "names one)",
     "现有各列：{1}（若表头在其他行，可用 --header N 指定）（工作表有：{3}；可用 --sheet 指定）"},
    {"the columns are: {1} (where another line has the names, --header N says which)",
     "现有各列：{1}（若表头在其他行，可用 --header N 指定）"},
    {"the columns are: {1} (the first line is taken for data; --header yes takes it for names, --header N line N) (the "
     "sheets are: {3}; --sheet names one)",
     "现有各列：{1}（首行按数据处理；--header yes 以首行为表头，--header N 以第 N 行为表头）（工作表有：{3}；可用 "
     "--sheet 指定）"},
    {"the columns are: {1} (the first line is taken for data; --header yes takes it for names, --header N line N)",
     "现有各列：{1}（首行按数据处理；--header yes 以首行为表头，--header N 以第 N 行为表头）"},
    {"the columns are: {1}", "现有各列：{1}"},
    {"the lines came out as one column, which \"{2}\" seems to divide: write the file again with comma, semicolon, tab "
     "or pipe: {1} (where another line has the names, --header N says which) (the sheets are: {3}; --sheet names one)",
     "每行只读出一列，似乎以“{2}”分隔：请改用逗号、分号、制表符或竖线另存文件：{1}（若表头在其他行，可用 --header N "
     "指定）（工作表有：{3}；可用 --sheet 指定）"},
    {"the lines came out as one column, which \"{2}\" seems to divide: write the file again with comma, semicolon, tab "
     "or pipe: {1} (where another line has the names, --header N says which)",
     "每行只读出一列，似乎以“{2}”分隔：请改用逗号、分号、制表符或竖线另存文件：{1}（若表头在其他行，可用 --header N "
     "指定）"},
    {"the lines came out as one column, which \"{2}\" seems to divide: write the file again with comma, semicolon, tab "
     "or pipe: {1} (the first line is taken for data; --header yes takes it for names, --header N line N) (the sheets "
     "are: {3}; --sheet names one)",
     "每行只读出一列，似乎以“{2}”分隔：请改用逗号、分号、制表符或竖线另存文件：{1}（首行按数据处理；--header yes "
     "以首行为表头，--header N 以第 N 行为表头）（工作表有：{3}；可用 --sheet 指定）"},
    {"the lines came out as one column, which \"{2}\" seems to divide: write the file again with comma, semicolon, tab "
     "or pipe: {1} (the first line is taken for data; --header yes takes it for names, --header N line N)",
     "每行只读出一列，似乎以“{2}”分隔：请改用逗号、分号、制表符或竖线另存文件：{1}（首行按数据处理；--header yes "
     "以首行为表头，--header N 以第 N 行为表头）"},
    {"the lines came out as one column, which \"{2}\" seems to divide: write the file again with comma, semicolon, tab "
     "or pipe: {1}",
     "每行只读出一列，似乎以“{2}”分隔：请改用逗号、分号、制表符或竖线另存文件：{1}"},
    {"the lines came out as one column, as the delimiter that was asked for divides none; expected --delimiter comma, "
     "semicolon, tab, pipe or blanks, or none, which finds it: {1} (where another line has the names, --header N says "
     "which)",
     "每行只读出一列，指定的分隔符未分隔任何一行；--delimiter 可为 comma、semicolon、tab、pipe 或 "
     "blanks，不指定则自动识别：{1}（若表头在其他行，可用 --header N 指定）"},
    {"the lines came out as one column, as the delimiter that was asked for divides none; expected --delimiter comma, "
     "semicolon, tab, pipe or blanks, or none, which finds it: {1} (the first line is taken for data; --header yes "
     "takes it for names, --header N line N)",
     "每行只读出一列，指定的分隔符未分隔任何一行；--delimiter 可为 comma、semicolon、tab、pipe 或 "
     "blanks，不指定则自动识别：{1}（首行按数据处理；--header yes 以首行为表头，--header N 以第 N 行为表头）"},
    {"the lines came out as one column, as the delimiter that was asked for divides none; expected --delimiter comma, "
     "semicolon, tab, pipe or blanks, or none, which finds it: {1}",
     "每行只读出一列，指定的分隔符未分隔任何一行；--delimiter 可为 comma、semicolon、tab、pipe 或 "
     "blanks，不指定则自动识别：{1}"},
    {"the lines came out as one column, so that the delimiter may be another one than comma, semicolon, tab or pipe; "
     "where blanks divide them, --delimiter blanks says it: {1} (where another line has the names, --header N says "
     "which) (the sheets are: {3}; --sheet names one)",
     "每行只读出一列，分隔符可能不是逗号、分号、制表符或竖线；若以空格分隔，请用 --delimiter blanks "
     "指定：{1}（若表头在其他行，可用 --header N 指定）（工作表有：{3}；可用 --sheet 指定）"},
    {"the lines came out as one column, so that the delimiter may be another one than comma, semicolon, tab or pipe; "
     "where blanks divide them, --delimiter blanks says it: {1} (where another line has the names, --header N says "
     "which)",
     "每行只读出一列，分隔符可能不是逗号、分号、制表符或竖线；若以空格分隔，请用 --delimiter blanks "
     "指定：{1}（若表头在其他行，可用 --header N 指定）"},
    {"the lines came out as one column, so that the delimiter may be another one than comma, semicolon, tab or pipe; "
     "where blanks divide them, --delimiter blanks says it: {1} (the first line is taken for data; --header yes takes "
     "it for names, --header N line N) (the sheets are: {3}; --sheet names one)",
     "每行只读出一列，分隔符可能不是逗号、分号、制表符或竖线；若以空格分隔，请用 --delimiter blanks "
     "指定：{1}（首行按数据处理；--header yes 以首行为表头，--header N 以第 N 行为表头）（工作表有：{3}；可用 --sheet "
     "指定）"},
    {"the lines came out as one column, so that the delimiter may be another one than comma, semicolon, tab or pipe; "
     "where blanks divide them, --delimiter blanks says it: {1} (the first line is taken for data; --header yes takes "
     "it for names, --header N line N)",
     "每行只读出一列，分隔符可能不是逗号、分号、制表符或竖线；若以空格分隔，请用 --delimiter blanks "
     "指定：{1}（首行按数据处理；--header yes 以首行为表头，--header N 以第 N 行为表头）"},
    {"the lines came out as one column, so that the delimiter may be another one than comma, semicolon, tab or pipe; "
     "where blanks divide them, --delimiter blanks says it: {1}",
     "每行只读出一列，分隔符可能不是逗号、分号、制表符或竖线；若以空格分隔，请用 --delimiter blanks 指定：{1}"},
    /* ---- Which table a file is ---- */
    {"{1}: which table it is is not known: {2}; {3} are parts of a date: a column of whole dates is needed, such as "
     "2024-01-31; it may {4}; name it by {5}; --transactions, --customers or --interactions {6} says it; {7}",
     "{1}: 无法判断是哪种表：{2!}；{3} 只是日期的一部分，需要完整日期的列，例如 2024-01-31；{4!}，可用 {5} 指定；请用 "
     "--transactions、--customers 或 --interactions {6} 指定；{7!}"},
    {"{1}: which table it is is not known: {2}; {3} are parts of a date: a column of whole dates is needed, such as "
     "2024-01-31; --transactions, --customers or --interactions {4} says it; {5}",
     "{1}: 无法判断是哪种表：{2!}；{3} 只是日期的一部分，需要完整日期的列，例如 2024-01-31；请用 "
     "--transactions、--customers 或 --interactions {4} 指定；{5!}"},
    {"{1}: which table it is is not known: {2}; it may {3}; name it by {4}; --transactions, --customers or "
     "--interactions {5} says it; {6}",
     "{1}: 无法判断是哪种表：{2!}；{3!}，可用 {4} 指定；请用 --transactions、--customers 或 --interactions {5} "
     "指定；{6!}"},
    {"{1}: which table it is is not known: {2}; --transactions, --customers or --interactions {3} says it; {4}",
     "{1}: 无法判断是哪种表：{2!}；请用 --transactions、--customers 或 --interactions {3} 指定；{4!}"},
    {"{1} are parts of a date: a column of whole dates is needed, such as 2024-01-31; {2}",
     "{1} 只是日期的一部分，需要完整日期的列，例如 2024-01-31；{2!}"},
    {"{1} (of transactions, {2}) (of customers, {3}) (of interactions, {4})",
     "{1!}（作为交易记录：{2!}）（作为客户表：{3!}）（作为互动记录：{4!}）"},
    {"{1} (of transactions, {2}) (of customers, {3})", "{1!}（作为交易记录：{2!}）（作为客户表：{3!}）"},
    {"{1} (of transactions, {2}) (of interactions, {3})", "{1!}（作为交易记录：{2!}）（作为互动记录：{3!}）"},
    {"{1} (of customers, {2}) (of interactions, {3})", "{1!}（作为客户表：{2!}）（作为互动记录：{3!}）"},
    {"{1} (of transactions, {2})", "{1!}（作为交易记录：{2!}）"},
    {"{1} (of customers, {2})", "{1!}（作为客户表：{2!}）"},
    {"{1} (of interactions, {2})", "{1!}（作为互动记录：{2!}）"},
    {"no column is recognised as the customer", "未识别出客户列"},
    {"it has amounts, as transactions do, and how long or how many pages, as interactions do",
     "既有交易记录的金额，又有互动记录的时长或页数"},
    {"it has customers and times, but no column that is recognised as the amount, nor as what was done (with --amount "
     "1 it is transactions that count as one each)",
     "有客户与时间，但未识别出金额列或互动类型列（加 --amount 1 则作为交易记录，每行计 1）"},
    {"it has orders and amounts, but no column is recognised as the time", "有订单与金额，但未识别出时间列"},
    {"customers stand there several times, but no column is recognised as the time",
     "同一客户出现多次，但未识别出时间列"},
    {"it may be ids, or names, of anything", "可能是任意事物的编号或名称"},
    {"is a folder; its files are named by a pattern, such as '{1}/*.csv'",
     "是文件夹；请用通配符指定其中的文件，例如 '{1}/*.csv'"},
    {"which table it is cannot be looked up, as it can be read only once; --transactions, --customers or "
     "--interactions says it",
     "只能读取一次，无法先判断是哪种表；请用 --transactions、--customers 或 --interactions 指定"},
    {"table kind: no file is given", "未指定文件，无法判断是哪种表"},
    {"no file is given", "未指定文件"},
    {"standard input cannot be read twice", "标准输入不能读取两次"},
    {"{1} is no kind of table", "{1} 不是表的类型"},
    /* ---- A column that is not there ---- */
    {"{1}: lookup in {2}: {3} has no column \"{4}\"; {5}", "{1}: 在 {2} 中查找：{3} 没有“{4}”列；{5!}"},
    {"lookup in {1}: {2} has no column \"{3}\"; {4}", "在 {1} 中查找：{2} 没有“{3}”列；{4!}"},
    {"{1} has no column \"{2}\" to declare; {3}", "{1} 没有所声明的“{2}”列；{3!}"},
    {"{1} has no column \"{2}\", which the earlier table had", "{1} 没有“{2}”列，此前的表有该列"},
    {"{1} has no column \"{2}\", which says {3}; {4}", "{1} 没有“{2}”列（{3!}）；{4!}"},
    {"{1} has no column \"{2}\"; there are #1 to #{3}", "{1} 没有“{2}”列；现有 #1 至 #{3}"},
    {"{1} has no column \"{2}\"; did you mean \"{3}\"?", "{1} 没有“{2}”列；是否指“{3}”？"},
    {"{1} has no column \"{2}\"; {3}", "{1} 没有“{2}”列；{3!}"},
    {"{1} has no column \"{2}\"", "{1} 没有“{2}”列"},
    {"which segment it is", "客群代码"},
    {"which scores of recency", "对应的最近购买评分"},
    {"which scores of frequency", "对应的购买次数评分"},
    {"what is to be done", "采取的动作"},
    {"who it is", "客户编号"},
    {"how likely each customer is to buy nothing in the next 90 days", "客户今后 90 天内不购买的概率"},
    {"what each place is called", "各位置的代码"},
    {"where each customer is", "客户所在的客群"},
    {"{1} has no \"{2}\", as the earlier table had ({3}); --allow-missing takes it as missing",
     "{1} 没有“{2}”，此前的表有（{3!}）；可用 --allow-missing 按缺失处理"},
    {"{1} has no \"{2}\", as the earlier table had; --allow-missing takes it as missing",
     "{1} 没有“{2}”，此前的表有；可用 --allow-missing 按缺失处理"},
    {"{1} has no \"{2}\", as the earlier table had ({3})", "{1} 没有“{2}”，此前的表有（{3!}）"},
    {"{1} has no \"{2}\", as the earlier table had", "{1} 没有“{2}”，此前的表有"},
    {"there is no column \"{1}\", which is the {2} in {3}; {4}", "没有“{1}”列，而它在 {3} 中是{2!}列；{4!}"},
    {"there is no column \"{1}\", which is needed for the {2} in {3}; {4}", "没有“{1}”列，而 {3} 的{2!}由它计算；{4!}"},
    {"there is no column \"{1}\", which the condition asks for (where: {2}); coalesce(..., '') or \"{3}\" allows for "
     "that",
     "没有条件所用的“{1}”列（where: {2}）；可在条件中用 coalesce(..., '') 或“{3}”容许其缺失"},
    {"there is no column \"{1}\", which the condition asks for (where: {2}); coalesce(..., '') or \"is missing\" "
     "allows for that",
     "没有条件所用的“{1}”列（where: {2}）；可在条件中用 coalesce(..., '') 或“is missing”容许其缺失"},
    {"it has no header, and {1} columns in place of the {2} of {3}", "该文件没有表头，有 {1} 列，而 {3} 有 {2} 列"},
    {"there is no key column \"{1}\" (file_key names another); {2}", "没有键列“{1}”（可用 file_key 另行指定）；{2!}"},
    {"there is no key column \"{1}\"; {2}", "没有键列“{1}”；{2!}"},
    {"there is no column \"{1}\" here; {2}", "不支持“{1}”列；{2!}"},
    {"the column \"{1}\" stands there twice", "“{1}”列重复出现"},
    {"which column holds the labels is not said (--label-column, --truth-column); {1}",
     "未指定标签所在的列（--label-column、--truth-column）；{1!}"},
    {"which column holds the ids of the customers is not said (--id)", "未指定客户编号所在的列（--id）"},
    {"{1} has the columns #1 to #{2}; one of them is expected", "{1} 有 #1 至 #{2} 列，应指定其一"},
    {"{1} have no role \"{2}\"", "{1!}没有“{2}”这一角色"},
    {"the role {1} is mapped twice", "角色 {1} 重复指定"},
    /* ---- Rows ---- */
    {"holds a header only, no row of transactions", "只有表头，没有交易数据行"},
    {"holds a header only, no row of customers", "只有表头，没有客户数据行"},
    {"holds a header only, no row of interactions", "只有表头，没有互动数据行"},
    {"holds a header only, no row of data", "只有表头，没有数据行"},
    {"no row of transactions", "没有交易数据行"},
    {"no row of customers", "没有客户数据行"},
    {"no row of interactions", "没有互动数据行"},
    {"holds no rows", "没有数据行"},
    {"more than 2,147,483,647 rows", "超过 2,147,483,647 行"},
    {"none of the {1} rows can be used ({2}); {3}", "{1} 行均不可用（{2,}）；{3!}"},
    {"none of the {1} rows can be used ({2})", "{1} 行均不可用（{2,}）"},
    {"the same ids stand in rows that differ, so that this looks like a table of events, not of one row a customer",
     "同一编号出现在内容不同的行中，像是事件表而非每位客户一行的表"},
    {"none of the {1} ids of the transactions is among the {2} of the customers table: \"{3}\" there, \"{4}\" here; "
     "are they the same ids?",
     "交易记录的 {1} 个编号无一在客户表的 {2} 个之中：客户表如“{3}”，这里如“{4}”；是同一套编号吗？"},
    {"none of the {1} ids of the interactions is among the {2} of the customers table: \"{3}\" there, \"{4}\" here; "
     "are they the same ids?",
     "互动记录的 {1} 个编号无一在客户表的 {2} 个之中：客户表如“{3}”，这里如“{4}”；是同一套编号吗？"},
    {"the one id of the transactions is not among the {1} of the customers table: \"{2}\" there, \"{3}\" here; are "
     "they the same ids?",
     "交易记录的唯一编号不在客户表的 {1} 个之中：客户表如“{2}”，这里是“{3}”；是同一套编号吗？"},
    {"the one id of the interactions is not among the {1} of the customers table: \"{2}\" there, \"{3}\" here; are "
     "they the same ids?",
     "互动记录的唯一编号不在客户表的 {1} 个之中：客户表如“{2}”，这里是“{3}”；是同一套编号吗？"},
    {"{1} of {2} rows cannot be used ({3}), over the {4} % that --max-rejects allows; the first: {5}; {6}; {7}; {8}",
     "{1} 行不可用（共 {2} 行；{3,}），超过 --max-rejects 允许的 {4}%；最先几处：{5!}；{6!}；{7!}；{8!}"},
    {"{1} of {2} rows cannot be used ({3}), over the {4} % that --max-rejects allows; the first: {5}; {6}; {7}",
     "{1} 行不可用（共 {2} 行；{3,}），超过 --max-rejects 允许的 {4}%；最先几处：{5!}；{6!}；{7!}"},
    {"{1} of {2} rows cannot be used ({3}), over the {4} % that --max-rejects allows; the first: {5}; {6}",
     "{1} 行不可用（共 {2} 行；{3,}），超过 --max-rejects 允许的 {4}%；最先几处：{5!}；{6!}"},
    {"{1} of {2} rows cannot be used ({3}), over the {4} % that --max-rejects allows; the first: {5}",
     "{1} 行不可用（共 {2} 行；{3,}），超过 --max-rejects 允许的 {4}%；首个：{5!}"},
    {"{1} key{*} of \"{2}\" (in {3} row{*}) {*} not in {4}, the first \"{5}\" ({6})",
     "{1} 个键（“{2}”列，{3} 行）不在 {4} 中，首个为“{5}”（{6}）"},
    {"{1} key{*} of \"{2}\" (in {3} row{*}) {*} not in {4}, the first {5}",
     "{1} 个键（“{2}”列，{3} 行）不在 {4} 中，首个为 {5}"},
    {"{1}: missing on {2} line{*} of {3} orders, behind one that has it: it seems to be the order's, written on its "
     "first line alone; --amount {4} keeps the others, as lines of no amount",
     "{1}：{3} 个订单中有 {2} 行缺失而其首行有值：似乎是整单金额，只写在首行；可用 --amount {4} "
     "保留其余各行（金额计为零）"},
    {"the rejected row could not be written", "无法写出被拒绝的行"},
    {"the header stands here once more, with the columns in another order ({1}) than the file has ({2}); split the "
     "file in front of this line, and give both",
     "此处再次出现表头，且列的顺序（{1}）与文件的（{2}）不同；请从此行之前拆分文件，并同时给出两个文件"},
    {"the rows of the table are used up: it has to be read again", "数据表已读完：须重新读取"},
    /* ---- What is wrong with a row or a cell, behind its place ---- */
    {"the row is not valid UTF-8 (--encoding says what else it may be)",
     "该行不是有效的 UTF-8（可用 --encoding 指定编码）"},
    {"text follows the closing quote of field {1}", "第 {1} 个字段的右引号之后还有文本"},
    {"a quote opens here that the line does not close, and what it would take in are rows",
     "此处的引号在行内没有闭合，而它会吞掉的内容是数据行"},
    {"is missing", "缺失"},
    {"is too large", "过大"},
    {"is out of range", "超出范围"},
    {"divides by zero", "除以零"},
    {"\"{1}\" is not a decimal number", "“{1}”不是数"},
    {"\"{1}\" is out of range", "“{1}”超出范围"},
    {"\"{1}\" is too large", "“{1}”过大"},
    {"\"{1}\" is not yes or no", "“{1}”不是“是/否”"},
    {"\"{1}\" is not valid UTF-8", "“{1}”不是有效的 UTF-8"},
    {"\"{1}\" is no code of the {2} levels", "“{1}”不是 {2} 个取值的代码"},
    {"\"{1}\" is beyond the whole numbers that floating-point numbers keep apart", "“{1}”超出浮点数能区分的整数"},
    {"\"{1}\" is in scientific notation, by which spreadsheets and floating-point numbers lose digits of long ids: "
     "write the column as text",
     "“{1}”是科学计数法，表格软件与浮点数会因此丢失长编号的数位：请将该列存为文本"},
    {"\"{1}\" has no \"{2}\" behind it, as the numbers before it have", "“{1}”后面没有“{2}”，与前面的数不同"},
    {"\"{1}\" has a decimal point, where --decimal comma is said", "“{1}”用小数点，而指定的是 --decimal comma"},
    {"\"{1}\" has a decimal comma, where --decimal point is said", "“{1}”用小数逗号，而指定的是 --decimal point"},
    {"\"{1}\" is no time of day such as 15:20, 15:20:59, 3:20 PM", "“{1}”不是时刻（例如 15:20、15:20:59、3:20 PM）"},
    {"\"{1}\" is not a date or time (2017-12-31, 31.12.2017, 12/31/2017 8:26 are)",
     "“{1}”不是日期或时间（例如 2017-12-31、31.12.2017、12/31/2017 8:26）"},
    {"\"{1}\" is not a date or time with the year first", "“{1}”不是年在前的日期或时间"},
    {"\"{1}\" is not a date or time with the month first", "“{1}”不是月在前的日期或时间"},
    {"\"{1}\" is not a date or time with the day first", "“{1}”不是日在前的日期或时间"},
    {"\"{1}\" is no day of the calendar", "“{1}”在日历上不存在"},
    {"\"{1}\" is a month, and no day of it is told: one is expected (2024-01-01)",
     "“{1}”只有年月：应写明日期（2024-01-01）"},
    {"\"{1}\" has no such time of day behind the date", "“{1}”中日期之后的时刻不存在"},
    {"\"{1}\" is not in the years 1900 to 2200", "“{1}”不在 1900 至 2200 年之间"},
    {"\"{1}\" names a time zone, and most names stand for several: write its offset (+08:00), or UTC",
     "“{1}”含时区名称，可能指多个时区：请写偏移（+08:00）或 UTC"},
    {"\"{1}\" does not fall on that weekday", "“{1}”与所写星期不符"},
    {"\"{1}\" stands for no date", "“{1}”是占位值而非日期"},
    {"\"{1}\" may be a year, or days of a spreadsheet", "“{1}”可能是年份，也可能是表格软件的日期序列号"},
    {"\"{1}\" may be several days: --dates says which", "“{1}”可能指不同的日期：请用 --dates 指定"},
    {"\"{1}\" is not in {2}", "“{1}”不在 {2} 中"},
    /* ---- Plain numbers ---- */
    {"{1} is missing; every cell must be a number", "{1} 缺失；每个单元格都应为数"},
    {"{1} is missing; rows are matched by it", "{1} 缺失；各行须按它匹配"},
    {"\"{1}\" is not a finite number{2}; a column of texts is left out by --ignore \"{3}\" or kept as row names by "
     "--id \"{4}\"",
     "“{1}”不是有限的数{2!}；文本列可用 --ignore \"{3}\" 去掉，或用 --id \"{4}\" 作为行名保留"},
    {"\"{1}\" is not a finite number (a comma divides thousands only; write {2})",
     "“{1}”不是有限的数（逗号只作千位分隔符；请写作 {2}）"},
    {"\"{1}\" is not a finite number (a comma divides thousands only)", "“{1}”不是有限的数（逗号只作千位分隔符）"},
    {"\"{1}\" is not a finite number", "“{1}”不是有限的数"},
    {" (a comma divides thousands only; write {1})", "（逗号只作千位分隔符；请写作 {1}）"},
    {" (a comma divides thousands only)", "（逗号只作千位分隔符）"},
    {"{1} is beyond 2^53 - 1, where whole numbers lose digits; an id is left out by --ignore \"{2}\" or kept as row "
     "names by --id \"{3}\"",
     "{1} 超过 2^53 - 1，整数会丢失数位；编号列可用 --ignore \"{2}\" 去掉，或用 --id \"{3}\" 作为行名保留"},
    {"{1} is beyond 2^53 - 1, where whole numbers lose digits", "{1} 超过 2^53 - 1，整数会丢失数位"},
    {"\"{1}\" may be {2} or {3}, and no number of the column tells which ({4} such in files divided by \";\"); write a "
     "decimal point or no comma at all, or divide the columns by commas, beside which a comma in a number divides "
     "thousands",
     "“{1}”可能是 {2} 或 {3}，该列没有数能说明是哪一个（以“;”分隔的文件中有 {4} "
     "个这样的数）；请用小数点或去掉逗号，或改用逗号分隔各列，这样数中的逗号即为千位分隔符"},
    {"row {1}, column {2}: {3} is not a finite number", "第 {1} 行第 {2} 列（{3}）不是有限的数"},
    {"row {1}, column {2} is not a finite number", "第 {1} 行第 {2} 列不是有限的数"},
    {"suppression: {1} holds numbers alone, and no column that names the rows",
     "suppression: {1} 只有数值，没有行名列"},
    {"id: {1} holds numbers alone, and no column that names the rows", "id: {1} 只有数值，没有行名列"},
    {"holds no data", "没有数据"},
    {"no column is left", "没有剩余的列"},
    {"of the columns none is left", "没有剩余的列"},
    {"weight: the column \"{1}\" is left out, or names the rows", "weight: “{1}”列已去掉，或已作为行名"},
    {"weight: the column \"{1}\" is left out", "weight: “{1}”列已去掉"},
    {"row {1}: the weight ({2}) is {3}; expected 0 or more", "第 {1} 行：权重（{2}）为 {3}；应不小于 0"},
    {"the weight ({1}) is 0 in every row", "各行的权重（{1}）均为 0"},
    /* ---- Units ---- */
    {"column \"{1}\" is by its name for \"{2}\", not for one; name another column by --{3}, or say by an expression "
     "what is meant ({4})",
     "“{1}”列按列名是每“{2}”的价格，而非单件价格；请用 --{3} 指定其他列，或用表达式说明（{4}）"},
    {"column \"{1}\" is by its name in \"{2}\", but by its numbers in \"{3}\"; name another column by --{4}, or say by "
     "an expression what is meant ({5})",
     "“{1}”列按列名的单位是“{2}”，按数值却是“{3}”；请用 --{4} 指定其他列，或用表达式说明（{5}）"},
    {"column \"{1}\" is by its name in \"{2}\", but \"{3}\" ({4}) multiplies by something else; name another column by "
     "--{5}, or say by an expression what is meant ({6})",
     "“{1}”列按列名的单位是“{2}”，而“{3}”（{4}）的倍数不同；请用 --{5} 指定其他列，或用表达式说明（{6}）"},
    {"column \"{1}\" is by its numbers in {2} (\"{3}\", {4}), which is not {5}; name another column by --{6}, or say "
     "by an expression what is meant ({7})",
     "“{1}”列按数值的单位是 {2}（“{3}”，{4}），不是{5!}；请用 --{6} 指定其他列，或用表达式说明（{7}）"},
    {"column \"{1}\" is by its name in \"{2}\", {3}; name another column by --{4}, or say by an expression what is "
     "meant ({5})",
     "“{1}”列按列名的单位是“{2}”，{3!}；请用 --{4} 指定其他列，或用表达式说明（{5}）"},
    {"column \"{1}\" is by its numbers in \"{2}\", {3}; name another column by --{4}, or say by an expression what is "
     "meant ({5})",
     "“{1}”列按数值的单位是“{2}”，{3!}；请用 --{4} 指定其他列，或用表达式说明（{5}）"},
    {"which may multiply, or be what a price is for", "可能是倍数，也可能是计价单位"},
    {"which does not multiply or divide by the same everywhere", "其换算倍数各处不一"},
    {"which may multiply or divide", "可能是乘数或除数"},
    {"which is not {1}", "不是{1!}"},
    {"money", "金额"},
    {"a number of things", "件数"},
    {"a time", "时长"},
    {"a number of pages", "页数"},
    {"a score", "评分"},
    {"a score from 0 to 10", " 0 至 10 的评分"},
    {"a number of days", "天数"},
    {"a number of orders", "订单数"},
    {"\"{1}\" ({2}) and the others of its file have \"{3}\" behind them, but not those of another file; write all in "
     "one unit, without it",
     "“{1}”（{2}）及同文件的其他数后面带“{3}”，而另一文件的不带；请统一单位并去掉它"},
    {"\"{1}\" ({2}) and all other numbers have \"{3}\" behind them, which the first rows of the file, where there is "
     "none, did not show; leave it out",
     "“{1}”（{2}）及其他所有数后面带“{3}”，而文件开头各行没有数，未能看出；请去掉它"},
    {"\"{1}\" ({2}) and others have \"{3}\" behind them, but not all of the {4} numbers; write all in one unit, "
     "without it",
     "“{1}”（{2}）等后面带“{3}”，但 {4} 个数并非都带；请统一单位并去掉它"},
    /* ---- Files whose columns differ ---- */
    {"\"{1}\" is by its name the {2}, as \"{3}\" is in {4}, but they are not taken for one column, since {5}; call "
     "them alike{6}",
     "“{1}”按列名是{2!}，与 {4} 的“{3}”相同，但不能视为同一列，因为{5!}；请统一列名{6!}"},
    {"another file has both", "另一文件两列都有"},
    {"they are in different units by their names", "从列名看单位不同"},
    {"by their names one may have taxes in it", "从列名看其一可能含税"},
    {"by their names they may not mean the same", "从列名看含义可能不同"},
    {", and write the currency in a column beside it, for --rates to convert, or read one file a currency",
     "，并在旁边一列写明货币供 --rates 换算，或每种货币各读一个文件"},
    {", or say what is meant: --{1}", "，或明确指定：--{1}"},
    {", or name the one that is meant by --{1}", "，或用 --{1} 指定其一"},
    {"{1} customer{*} in several files whose columns differ, such as that of {2} and {3}: {4}; take one file for the "
     "customers, and look the other up in it by their id (customers.lookups in the configuration: file, key, "
     "file_key), or give it by --transactions or --interactions where it is such a table",
     "{1} 位客户出现在列不相同的多个文件中，例如 {2} 与 "
     "{3}：{4!}；请只用一个文件作为客户表，另一个按编号查找（配置中为 "
     "customers.lookups：file、key、file_key），若另一个是交易记录或互动记录，请用 --transactions 或 --interactions "
     "给出"},
    {"only {1} has {2} and {3} more, only {4} has {5} and {6} more",
     "只有 {1} 有 {2} 等列（另有 {3} 列），只有 {4} 有 {5} 等列（另有 {6} 列）"},
    {"only {1} has {2} and {3} more, only {4} has {5}", "只有 {1} 有 {2} 等列（另有 {3} 列），只有 {4} 有 {5} 列"},
    {"only {1} has {2}, only {3} has {4} and {5} more", "只有 {1} 有 {2} 列，只有 {3} 有 {4} 等列（另有 {5} 列）"},
    {"only {1} has {2}, only {3} has {4}", "只有 {1} 有 {2} 列，只有 {3} 有 {4} 列"},
    {"only {1} has {2} and {3} more", "只有 {1} 有 {2} 等列（另有 {3} 列）"},
    {"only {1} has {2}", "只有 {1} 有 {2} 列"},
    {"{1} \"{2}\" stands on line {3} with another {4}", "{1} 的“{2}”在第 {3} 行已有，而 {4} 不同"},
    /* ---- Currencies ---- */
    {"\"{1}\" is in {2}, as \"{3}\" ({4}) says, but \"{5}\" is in {6}, as \"{7}\" ({8}) says; amounts of different "
     "currencies do not add up",
     "“{1}”的货币是 {2}（见“{3}”，{4}），而“{5}”是 {6}（见“{7}”，{8}）；不同货币的金额不能相加"},
    {"\"{1}\" is in {2}, but \"{3}\" is in {4}, as \"{5}\" ({6}) says; amounts of different currencies do not add up",
     "“{1}”的货币是 {2}，而“{3}”是 {4}（见“{5}”，{6}）；不同货币的金额不能相加"},
    {"\"{1}\" is in {2}, as \"{3}\" ({4}) says, but \"{5}\" is in {6}; amounts of different currencies do not add up",
     "“{1}”的货币是 {2}（见“{3}”，{4}），而“{5}”是 {6}；不同货币的金额不能相加"},
    {"\"{1}\" is in {2}, but \"{3}\" is in {4}; amounts of different currencies do not add up",
     "“{1}”的货币是 {2}，而“{3}”是 {4}；不同货币的金额不能相加"},
    {"column \"{1}\" holds several currencies, \"{2}\" ({3}) and \"{4}\" ({5}); amounts of one currency are expected; "
     "{6}",
     "“{1}”列含多种货币：“{2}”（{3}）与“{4}”（{5}）；金额应为同一货币；{6!}"},
    {"column \"{1}\" holds several currencies, \"{2}\" ({3}) and \"{4}\" ({5}); amounts of one currency are expected",
     "“{1}”列含多种货币：“{2}”（{3}）与“{4}”（{5}）；金额应为同一货币"},
    {"column \"{1}\" holds several currencies, \"{2}\" and \"{3}\"; amounts of one currency are expected; {4}",
     "“{1}”列含多种货币：“{2}”与“{3}”；金额应为同一货币；{4!}"},
    {"column \"{1}\" holds several currencies, \"{2}\" and \"{3}\"; amounts of one currency are expected",
     "“{1}”列含多种货币：“{2}”与“{3}”；金额应为同一货币"},
    {"--{1} reads those that are converted already, --rates converts the others (EUR=1,USD=0.92)",
     "可用 --{1} 读取已换算的金额，或用 --rates 换算其余（EUR=1,USD=0.92）"},
    {"--{1} is that of \"{2}\"", "“{2}”的货币列可用 --{1} 指定"},
    {"column \"{1}\" says \"{2}\" ({3}), but \"{4}\" is in {5}, as \"{6}\" ({7}) says; amounts of one currency are "
     "expected",
     "“{1}”列为“{2}”（{3}），而“{4}”的货币是 {5}（见“{6}”，{7}）；金额应为同一货币"},
    {"column \"{1}\" says \"{2}\", but \"{3}\" is in {4}, as \"{5}\" ({6}) says; amounts of one currency are expected",
     "“{1}”列为“{2}”，而“{3}”的货币是 {4}（见“{5}”，{6}）；金额应为同一货币"},
    {"column \"{1}\" says \"{2}\" ({3}), but \"{4}\" is in {5}; amounts of one currency are expected",
     "“{1}”列为“{2}”（{3}），而“{4}”的货币是 {5}；金额应为同一货币"},
    {"column \"{1}\" says \"{2}\", but \"{3}\" is in {4}; amounts of one currency are expected",
     "“{1}”列为“{2}”，而“{3}”的货币是 {4}；金额应为同一货币"},
    {"by the rates amounts are converted to {1}; those of the earlier table were in {2}",
     "按汇率金额换算为 {1}，而此前的表为 {2}"},
    {"column \"{1}\" holds amounts in {2}, as in \"{3}\" ({4}); those of the earlier table were in {5}",
     "“{1}”列的金额为 {2}（见“{3}”，{4}），而此前的表为 {5}"},
    {"column \"{1}\" holds amounts in {2}, as in \"{3}\"; those of the earlier table were in {4}",
     "“{1}”列的金额为 {2}（见“{3}”），而此前的表为 {4}"},
    {"column \"{1}\" holds amounts in {2}; those of the earlier table were in {3}",
     "“{1}”列的金额为 {2}，而此前的表为 {3}"},
    {"column \"{1}\" holds codes of currencies such as {2}, the first in {3}, but none in the first rows, by which "
     "columns are decided on; --{4} \"{5}\" takes it for the currency of the amounts",
     "“{1}”列含 {2} 等货币代码，首个在 {3}，但用以判断各列的开头几行中没有；可用 --{4} \"{5}\" 将其作为金额的货币列"},
    {"what it is worth is beyond what amounts can be; there are rates of {1} and {2}",
     "换算后超出金额的范围；已给出汇率的有 {1,} 与 {2}"},
    {"what it is worth is beyond what amounts can be; there are rates of {1}",
     "换算后超出金额的范围；已给出汇率的有 {1,}"},
    {"{1}: \"{2}\" stands beside {3}; there are rates of {4} and {5}",
     "{1}: “{2}”与 {3} 同时出现；已给出汇率的有 {4,} 与 {5}"},
    {"{1}: \"{2}\" stands beside {3}; there are rates of {4}", "{1}: “{2}”与 {3} 同时出现；已给出汇率的有 {4,}"},
    {"{1} stands beside {2}; there are rates of {3} and {4}", "{1} 与 {2} 同时出现；已给出汇率的有 {3,} 与 {4}"},
    {"{1} stands beside {2}; there are rates of {3}", "{1} 与 {2} 同时出现；已给出汇率的有 {3,}"},
    /* ---- Ids and customers ---- */
    {"\"{1}\" is a number in scientific notation, whose other digits are lost, as no other ids of the column with "
     "letters tell that it is a code; write the column as text, or leave these rows out by a condition",
     "“{1}"
     "”是科学计数法的数，其余数位已丢失（该列没有其他含字母的编号能说明它是代码）；请将该列存为文本，或用条件排除这些"
     "行"},
    {"no id stands in it, expected ids of customers, one a row", "没有编号；应为客户编号，每行一个"},
    {"the known ones are no customers, but transactions", "所给的已知表不是客户表，而是交易记录"},
    {"the known ones are no customers, but interactions", "所给的已知表不是客户表，而是互动记录"},
    {"the customers' ids are row numbers, which these rows cannot name; name the column that holds the id of the "
     "customers by --customer-id (customers.id)",
     "客户编号取自行号，这些行无法引用；请用 --customer-id（customers.id）指定客户编号所在的列"},
    {"customers are left out by their ids, and these have none but the numbers of their rows",
     "排除客户须按编号，而这些客户只有行号"},
    {"where: a condition on {1} may name somebody, and is kept with what comes out, where customers go by pseudonyms; "
     "a list of ids (--suppress) leaves them out and is not",
     "where: 以 {1} "
     "为条件可能指明某个人，且条件会随结果保存，而客户以化名标识；请改用编号名单（--suppress）排除，名单不会保存"},
    /* ---- What was found, and what is done about it ---- */
    {"\"{1}\" is no kind of finding (did you mean {2}?)", "“{1}”不是发现的类型（是否指 {2}？）"},
    {"\"{1}\" is no kind of finding; docs/findings.md lists them", "“{1}”不是发现的类型；全部类型见 docs/findings.md"},
    {"gate: {1} is no kind of finding, or {2} nothing to do about it", "gate: {1} 不是发现的类型，或 {2} 不是处理方式"},
    {"gate: {1} cannot be passed over: {2}", "gate: {1} 不能放行：{2!}"},
    {"amounts are in several currencies, which do not add up", "金额有多种货币，不能相加"},
    {"dates that may be read in two ways, or that mix two kinds", "日期有两种读法，或混用两种写法"},
    {"numbers whose comma or point may divide thousands or decimals, or whose unit is not sure",
     "数中的逗号或句点可能是千位分隔符也可能是小数点，或单位不明"},
    {"no column is found for what the table must have, or an option asks for", "找不到该表必需的列，或选项指定的列"},
    {"more rows cannot be read than max_rejects allows", "不可读取的行超过 max_rejects 的限制"},
    {"the table has no row, or none that can be used", "该表没有数据行，或没有可用的行"},
    {"the table is refused for another reason, which the message tells", "该表因其他原因被拒绝，原因见消息"},
    /* ---- Options of a table ---- */
    {"column \"{1}\": an ordinal column needs its levels from low to high (order: in the configuration)",
     "“{1}”列：有序类别列须由低到高列出各取值（配置中为 order）"},
    {"column \"{1}\": the level \"{2}\" stands twice", "“{1}”列：取值“{2}”重复出现"},
    {"column \"{1}\": the type is number, category, ordinal, boolean, date or date_of_birth",
     "“{1}”列：类型应为 number、category、ordinal、boolean、date 或 date_of_birth"},
    {"column \"{1}\": {2} is no group", "“{1}”列：{2} 不是列的组别"},
    {"columns: {1} are more than {2}", "columns: {1} 列超过上限 {2}"},
    {"columns: \"{1}\": the type is decimal, boolean or text", "columns: “{1}”：类型应为 decimal、boolean 或 text"},
    {"roles: {1} is no role (entry {2})", "roles: {1} 不是角色（第 {2} 项）"},
    {"lookup {1}: a file and a key are expected", "第 {1} 个 lookup：应给出文件与键"},
    {"delimiter: one of , ; TAB | or a blank is expected", "delimiter: 应为 , ; TAB | 或空格之一"},
    {"1, 0, -1 or the line of the names is expected", "应为 1、0、-1 或表头所在的行号"},
    {"dates: {1} is no order of year, month and day", "dates: {1} 不是年月日的顺序"},
    {"encoding: {1} is no encoding", "encoding: {1} 不是编码"},
    {"decimal: {1} is no decimal mark", "decimal: {1} 不是小数点的写法"},
    {"a text is expected", "应为文本"},
    /* ---- How an earlier table was read ---- */
    {"like: is no JSON: line {1}, column {2}: {3}", "like: 不是 JSON：第 {1} 行第 {2} 列：{3!}"},
    {"like: is of no table; it must be of a table", "like: 没有写明所属的表"},
    {"like: is of no table; it must be of {1}", "like: 没有写明所属的表；应为 {1}"},
    {"like: is of {1}; it must be of {2}", "like: 属于 {1}；应为 {2}"},
    {"like: {1}: another key is expected", "like: 不支持的键 {1}"},
    {"like: {1}: a text is expected", "like: {1}: 应为文本"},
    {"an object is expected", "应为对象"},
    {"true or false is expected", "应为 true 或 false"},
    {"true, false or a line from 2 on is expected", "应为 true、false 或不小于 2 的行号"},
    {"a name of docs/formats.md is expected", "应为 docs/formats.md 所列的名称"},
    {"a list of texts is expected", "应为文本列表"},
    {"a list is expected", "应为列表"},
    {"a list of 1900-01-01 and 1970-01-01 is expected", "应为 1900-01-01 与 1970-01-01 的列表"},
    {"a type that columns are taken for is expected", "应为列可取的类型"},
    {"the name of a role is expected", "应为角色名称"},
    {"customers: column \"{1}\": {2} of {3} cells are not {4}, as those of the earlier table were ({5}) (whole numbers "
     "beyond 2^53 - 1 lose digits)",
     "customers: “{1}”列：{3} 个单元格中有 {2} 个不是{4!}，与此前的表不符（{5}）（超过 2^53 - 1 的整数会丢失数位）"},
    {"customers: column \"{1}\": {2} of {3} cells are not {4}, as those of the earlier table were ({5})",
     "customers: “{1}”列：{3} 个单元格中有 {2} 个不是{4!}，与此前的表不符（{5}）"},
    {"a date", "日期"},
    {"a date or a year of birth", "日期或出生年份"},
    {"a number in range", "范围内的数"},
    {"a whole number from 0 on", "非负整数"},
    /* ---- Arrays and streams ---- */
    {"column \"{1}\" is of a type or in a time zone that cannot be read; cast it, or leave it out",
     "“{1}”列的类型或时区无法读取；请转换类型，或去掉该列"},
    {"the name of column {1} is not valid UTF-8", "第 {1} 列的列名不是有效的 UTF-8"},
    {"no column is given", "没有给出列"},
    {"Arrow stream: is not there, or released already", "Arrow 流：不存在，或已释放"},
    {"Arrow stream: column {1} of the schema is not there", "Arrow 流：模式缺少第 {1} 列"},
    {"Arrow stream: column \"{1}\" of a batch is not there", "Arrow 流：一个批次缺少“{1}”列"},
    {"Arrow stream: {1} is not there", "Arrow 流：缺少 {1}"},
    {"Arrow stream: records of columns are expected", "Arrow 流：应为由列组成的记录（struct）"},
    {"Arrow stream: the schema announces {1} columns, but none is there", "Arrow 流：模式声明了 {1} 列，却没有列"},
    {"Arrow stream: a batch is not as the schema says", "Arrow 流：一个批次与模式不符"},
    {"Arrow stream: record {1} is missing as a whole", "Arrow 流：第 {1} 条记录整条缺失"},
    {"Arrow stream: column \"{1}\" is not as its schema says", "Arrow 流：“{1}”列与其模式不符"},
    {"Arrow stream: {1}", "Arrow 流：{1!}"},
    {"Arrow stream:{1}: {2}", "Arrow 流第 {1} 行：{2!}"},
};

const tsl__note_patterns tsl__table_error_words = {words, sizeof words / sizeof *words};
