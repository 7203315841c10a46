# For Packer 1.7 and newer, whose builders are plugins: `packer init packer/plugins`. Packer 1.6.6 has them inside and does not know
# this block, so it stands in a folder of its own.
packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = ">= 1.2.0"
    }
    docker = {
      source  = "github.com/hashicorp/docker"
      version = ">= 1.0.0"
    }
  }
}
