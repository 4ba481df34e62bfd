"""Formulas by kind, as analysts, pandas' neighbours and sympy write them."""

FORMULAS = r"""
x^2 + y_1^{n+1}
\beta*\text{基数}*2\hspace*{1em}z
{}^{14}_{6}\mathrm{C}
\frac{a}{b} + \tfrac12 + \dfrac{1}{2} + {p \over q}
\text{公开率} = \frac{\text{已公开}}{\text{应公开}} \times 100\%
增长率=\frac{本年-上年}{上年}
\underbrace{\frac{甲}{乙}}_{\text{比率}} \overbrace{丙+丁}^{n}
\sqrt{x} + \sqrt[3]{y}
\sum_{i=1}^{n} i + \prod\limits_{k} k + \int_0^\infty e^{-x^2}\,dx
\lim_{h\to 0}\frac{f(x+h)-f(x)}{h}
2\sin x + \log_2 n + \max_{a} b + \operatorname{rank}(A) + \ln{z}
\begin{pmatrix}a & b\\c & d\end{pmatrix}\begin{bmatrix}1\\2\end{bmatrix}
\left[\begin{matrix}1 & 2\\3 & 4\end{matrix}\right]
\begin{array}{|r|lc|}\hline a&b&c\\d&e&f\\\hline\end{array}
\begin{cases}x,&\text{若 }x\ge 0\\-x,&\text{否则}\end{cases}
\begin{align}a&=b&c&=d\\e&=f&g&=h\end{align}
\begin{align*}a&=b\tag{甲}\\c&=d\end{align*}
\begin{equation}\begin{split}a&=b\\&=c\end{split}\label{eq:x}\end{equation}
\begin{eqnarray}a&=&b\\c&=&d\end{eqnarray}
\begin{gather}a\\b\end{gather}
\begin{alignat}{2}a&=b\end{alignat}
\begin{multline}a\\b\end{multline}
E = mc^2 \tag{1}
a = 1 \\ b = 2
\left( \frac{a}{b} \right] \left. c \middle| d \right|_{x=0} \lVert v \rVert \lfloor r \rfloor
\bigl( x \bigr) \Bigg\{ y
\hat{x}\bar{y}\vec{z}\dot{a}\ddot{b}\tilde{c}\widehat{abc}\overline{AB}\underline{CD}\overrightarrow{EF}
\overset{甲}{=} \underset{乙}{\sim} \stackrel{?}{=} \xrightarrow[u]{abc} \binom{n}{k}
\sum_{\substack{i<j\\k}} x
\mathbb{R}\mathcal{L}\mathfrak{g}\mathbf{x}\mathrm{d}\mathsf{s}\mathtt{t}\boldsymbol{\alpha}
\alpha\beta\Gamma\Omega\partial\nabla\infty\hbar\ell\forall\exists
a \le b \ne c \approx d \in S \subset T \to U \Rightarrow V \pm w \cdot x \times y \div z
f'(x) + f''(x) + x'^2
x \quad y \; z \! w \hspace{1cm} v ~ u
\boxed{甲} + \cancel{x} + \phantom{y} + \color{red}{z}
\text{if $x>0$ for a_b} \mbox{盒 子} \textbf{粗} \text{费用 \$5}
\displaystyle\sum_{n=1}^{\infty} \frac{\left(-1\right)^{n}}{n}
\left. \frac{d}{d x} f{\left(x \right)} \right|_{\substack{ x=0 }}
\large \frac{a}{b}
3{,}000.50 + 20\,000 + 1,234
\{ a \mid b \} \# \& \_ \$ \%
\sideset{_a^b}{_c^d}\sum \not= \not\in
a \bmod b \pmod{n} \dots \cdots \ddots
\iint \oint \bigcup_i A_i \coprod
x < y > z
<script>alert(1)</script>
（甲）×（乙）＝１
""".strip().splitlines()
"""One a line; each must be shown on the page and in print."""

REFUSED = {
    r"\foo{x}": r'Unknown command "\foo"',
    r"\begin{tabular}{c}甲\end{tabular}": 'Unknown environment "tabular"',
    r"\begin{itemize}\item 甲\end{itemize}": 'Unknown environment "itemize"',
    r"\frac{a": "reached end of input",
    "a}": "Unmatched",
    r"\left( a": r'"\right"',
    "x^2^3": "Duplicate",
    r"a & b": '"&"',
    "增长 5% 以上": r"write \% for the sign",
    r"\ref{x}": "Unknown command",
    r"\includegraphics{a.png}": "Unknown command",
    r"\href{https://x.cn}{x}": "Unknown command",
    r"\input{/etc/passwd}": "Unknown command",
    r"\def\a{\a}\a": "",
    "{" * 300 + "x" + "}" * 300: "nested too deeply",
    r"\sqrt" * 9000 + " x": "nested too deeply",
    r"\sin" * 300 + " x": "nested too deeply",
}
"""What cannot be read, and what the one message says."""
