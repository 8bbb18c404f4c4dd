from pathlib import Path

from tests.cli.conftest import Pullquote


def test_a_folder_that_is_not_the_demos_is_left_alone(bare: Pullquote) -> None:
    Path("demo-output").mkdir()
    Path("demo-output/thesis.txt").write_text("years of work")
    assert "was not made by a demo" in bare.refused("demo")
    assert Path("demo-output/thesis.txt").exists()
